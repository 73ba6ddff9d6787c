"""proposal.json: the tree as canonical JSON (RFC 8785), and reading it as a stranger's file."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from itertools import chain
from typing import Any

import rfc8785
from pydantic import ValidationError
from pydantic_core import from_json

from sif_desktop.errors import NewerError, NotOursError
from sif_desktop.model.proposal import FORMAT, Proposal

LARGEST_JSON = 64 * 1024 * 1024
"""Bytes of a proposal.json; more is refused unread."""

MOST_OBJECTS, MOST_VALUES = 40_000, 600_000
"""Objects, and values, in one JSON. A stranger's 2 MB of empty objects would otherwise become a
tree that fills any memory; a dossier of 2,000 budget lines has some 3,000 and 25,000."""

_MOST_MEMBERS = 10_000  # of one object: every unknown name would be an error of its own

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
# A text that does not end runs to the end: else each quote in it would be tried as a beginning.


def to_json(proposal: Proposal) -> bytes:
    """The one byte form of a proposal: the same tree always gives the same bytes."""
    return rfc8785.dumps(proposal.model_dump(mode="json"))


def digest(proposal_json: bytes) -> str:
    """The SHA-256 of a proposal.json, in small hexadecimal."""
    return hashlib.sha256(proposal_json).hexdigest()


def has_few_parts(data: bytes, objects: int = MOST_OBJECTS, values: int = MOST_VALUES) -> bool:
    """Whether JSON has no more objects and values than these, told without building any."""
    left = {b"{": objects, b",": values}
    if all(data.count(sign) <= most for sign, most in left.items()):
        return True
    # Signs within texts do not count: a text may have as many braces as it likes.
    start, texts = 0, 2 * values + 2  # a value may have a name
    for text in chain(_STRING.finditer(data), (None,)):
        end = text.start() if text else len(data)
        texts -= 1
        for sign in left:
            left[sign] -= data.count(sign, start, end)
        if texts < 0 or min(left.values()) < 0:
            return False
        start = text.end() if text else end
    return True


def from_bytes(data: bytes, file: str) -> Proposal:
    """The proposal in `data`; `file` is the name that an error tells.

    Raises NotOursError for anything that is no proposal.json, NewerError for a later format.
    """
    if len(data) > LARGEST_JSON:
        raise NotOursError("json_too_large", file=file, size=LARGEST_JSON // 1024**2)
    if not has_few_parts(data):
        raise NotOursError("json_too_many_parts", file=file)
    try:
        tree = from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise NotOursError("json_unreadable", file=file, reason=_short(error)) from error
    _refuse_twice(data, file)
    return from_tree(tree, file)


def _refuse_twice(data: bytes, file: str) -> None:
    """Raises NotOursError where an object of the JSON names a member twice, or far too many.

    Readers differ in which of the two they keep: what one shows, another would not have signed.
    """

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) > _MOST_MEMBERS:
            raise NotOursError("json_too_many_parts", file=file)
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
            raise NotOursError("json_twice", file=file, where=twice[:120])
        return found

    try:
        json.loads(data, object_pairs_hook=members)
    except (ValueError, RecursionError) as error:
        raise NotOursError("json_unreadable", file=file, reason=_short(error)) from error


def from_tree(tree: Any, file: str) -> Proposal:
    """The proposal in parsed JSON. Raises as `from_bytes` does."""
    if not isinstance(tree, dict) or "format" not in tree or "call" not in tree:
        raise NotOursError("json_not_a_proposal", file=file)
    version = tree["format"]
    if type(version) is not int:  # true and 1.0 equal 1, and are no version
        raise NotOursError("json_wrong_value", file=file, where="format")
    if version > FORMAT:
        raise NewerError("newer", file=file)
    try:
        return Proposal.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(str(step) for step in first["loc"])[:120]
        raise NotOursError("json_wrong_value", file=file, where=where) from error
    except RecursionError as error:
        raise NotOursError("json_not_a_proposal", file=file) from error


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120]
