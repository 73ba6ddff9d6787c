"""Values as they stand in a draft: packed, with digests that tell when a byte has changed."""

from __future__ import annotations

import hashlib
import zlib

from sif_desktop.model.canonical import has_few_parts

LARGEST = 64 * 1024 * 1024
"""Bytes of JSON in one packed value. A value that unpacks to more is not read any further."""

_QUICK_FROM = 1024 * 1024


class DamageError(Exception):
    """A row of a draft is not what was written: the caller looks for another way to the tree."""


def pack(data: bytes) -> bytes:
    """Compressed bytes; large ones quickly rather than tightly."""
    return zlib.compress(data, 1 if len(data) >= _QUICK_FROM else 6)


def is_modest(data: bytes) -> bool:
    """Whether JSON is of a size that is read again: what is not is never written either."""
    return len(data) <= LARGEST and has_few_parts(data)


def unpack(packed: object) -> bytes:
    """The JSON that was packed. Raises DamageError for anything else, and what is not modest."""
    if not isinstance(packed, bytes):
        raise DamageError("not bytes")
    engine = zlib.decompressobj()
    try:
        data = engine.decompress(packed, LARGEST + 1)
    except zlib.error as error:
        raise DamageError("not packed") from error
    if not engine.eof or engine.unused_data or not is_modest(data):
        raise DamageError("too large, cut short, or with something behind it")
    return data


def digest(*parts: bytes | str | int) -> bytes:
    """A short digest of values in their order; it guards against damage, not against enemies."""
    engine = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8")
        engine.update(len(data).to_bytes(8, "big"))
        engine.update(data)
    return engine.digest()
