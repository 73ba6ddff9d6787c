"""The list of containers that nobody makes by accident, each with the reason to refuse it.

A case builds the bytes of a container from the members of a good one, and tells the code of the
problem that must be found, or "error:" and the key of the error where it is no container at all.
The modules `crafted_*` add to the list.
"""

from __future__ import annotations

from collections.abc import Callable

from bundle.craft import pieces, zipped

from sif_desktop.bundle.identity import Identity

Parts = dict[str, bytes]
Build = Callable[[Parts, Identity], bytes]
MIMETYPE = b"application/vnd.etsi.asic-e+zip"

CASES: dict[str, tuple[Build, str]] = {}


def case(name: str, code: str, build: Build) -> None:
    """Adds a case; two of the same name would hide one."""
    assert name not in CASES
    CASES[name] = (build, code)


def plain(parts: Parts) -> bytes:
    """A container with nothing odd about its ZIP."""
    return zipped(pieces(parts))
