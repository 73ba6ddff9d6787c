"""Names of members: which are safe, which are the same on some disk, and what `META-INF` holds.

The names in `META-INF` follow EN 319 162-1: a manifest is `ASiCManifest*.xml`, a detached CAdES
signature `*signature*.p7s`. A signer's two files share a tag. The first signer's is 001; whoever
signs a copy needs a tag that no other copy can have, since a manifest names its signature and is
itself signed: nobody can rename them when copies are united.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from sif_desktop.bundle.problems import Code, Problem

MIMETYPE = "mimetype"
META_INF = "META-INF/"
PROPOSAL = "proposal.json"
CALL = "call.json"
FIRST_TAG = "001"

LONGEST_NAME = 200
"""Characters of a member's name; a longer one is refused."""

Role = Literal[
    "manifest", "signature", "xades", "evidence", "time_stamp", "foreign_list", "unknown"
]

_TAG = r"[A-Za-z0-9_-]{0,64}"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("manifest", re.compile(rf"META-INF/ASiCManifest{_TAG}\.xml")),
    ("signature", re.compile(rf"META-INF/{_TAG}signature{_TAG}\.p7s")),
    ("xades", re.compile(r"META-INF/.*signatures.*\.xml")),
    ("evidence", re.compile(r"META-INF/.*evidencerecord.*\.(xml|ers)", re.IGNORECASE)),
    ("time_stamp", re.compile(r"META-INF/(.*\.tst|ASiCArchiveManifest.*\.xml)")),
    ("foreign_list", re.compile(r"META-INF/(manifest|container|metadata)\.xml")),
)

NOT_JUDGED: dict[Role, Code] = {
    "xades": "xades_not_judged",
    "evidence": "evidence_not_judged",
    "time_stamp": "time_stamp_not_judged",
    "foreign_list": "foreign_list",
    "unknown": "member_unknown",
}
"""What in `META-INF` is named and not judged, whatever it may prove."""
_OURS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def is_safe(name: str) -> bool:
    """Whether a member may have this name: relative, plain, and writable on every system."""
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return False
    if unicodedata.normalize("NFC", name) != name or set(name) & set('\\:*?"<>|'):
        return False
    if name.casefold().startswith("meta-inf") and not name.startswith(META_INF):
        return False
    return all(map(_is_safe_step, name.split("/")))


def _is_safe_step(step: str) -> bool:
    """Whether one step of a name is safe; `.`, `..` and an empty step end in a dot or are empty."""
    if not step or step != step.strip() or step.endswith("."):
        return False
    return not _RESERVED.fullmatch(step.partition(".")[0].strip())


def is_ours(name: str) -> bool:
    """Whether a payload member that we write may have this name: safe, and plain ASCII."""
    taken = name == MIMETYPE or name.casefold().startswith("meta-inf")
    return is_safe(name) and _OURS.fullmatch(name) is not None and not taken


def role(name: str) -> Role:
    """What a member of `META-INF` is."""
    return next((role for role, form in _ROLES if form.fullmatch(name)), "unknown")


def signed_otherwise(problems: Iterable[Problem]) -> bool:
    """Whether something was found that may prove as much as a signature, and is not judged."""
    kinds = {"xades_not_judged", "evidence_not_judged", "time_stamp_not_judged"}
    return any(problem.code in kinds for problem in problems)


def signature_files(tag: str = FIRST_TAG) -> tuple[str, str]:
    """The names of a signer's manifest and signature."""
    return f"META-INF/ASiCManifest{tag}.xml", f"META-INF/signature{tag}.p7s"


def faults(names: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the names of one container, each by itself and together.

    Two names clash where some disk takes them for one: they differ only in case or in the form
    of their letters, or one is a folder of the other.
    """
    known: dict[str, str] = {}
    for name in names:
        if name.endswith("/") and is_safe(name[:-1]):
            yield Problem("member_folder", {"member": shown(name)})
        elif not is_safe(name):
            yield Problem("member_name", {"member": shown(name)})
        key = _on_disk(name)
        if key in known:
            twice = known[key] == name
            other = {} if twice else {"other": shown(known[key])}
            code: Code = "member_twice" if twice else "member_clash"
            yield Problem(code, {"member": shown(name), **other})
        known[key] = name
    for key, name in known.items():
        for folder in _folders(key):
            if folder in known:
                yield Problem(
                    "member_clash", {"member": shown(name), "other": shown(known[folder])}
                )


def _on_disk(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _folders(name: str) -> Iterator[str]:
    """The folders that a name stands in: a/b/c gives a/b and a."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def shown(name: str) -> str:
    """A name from a stranger's file, fit to be shown: short, and without characters that hide."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:LONGEST_NAME])
