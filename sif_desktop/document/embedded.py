"""Taking the proposal back out of a PDF of ours, which is read as an enemy's file."""

from __future__ import annotations

import logging
import os
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pikepdf.settings

from sif_desktop.errors import FileError, NotOursError
from sif_desktop.model.canonical import LARGEST_JSON

ATTACHED = "proposal.json"
"""The name under which a PDF of ours carries its proposal."""

LARGEST_PDF = 256 * 1024 * 1024
"""Bytes of a PDF; more is refused unread."""

# What a hostile file can do is thrown as many kinds of error, by qpdf and by odd types in it.
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)

# For the whole process, once: a stream of a few bytes must not become a gigabyte in memory.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=LARGEST_PDF,
    run_length_max_memory=LARGEST_PDF,
    png_max_memory=LARGEST_PDF,
    tiff_max_memory=LARGEST_PDF,
    doc_max_warnings=100,
)

# What qpdf logs of a stranger's file would else stand on standard error; it is raised too.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


def read_proposal(path: Path) -> bytes:
    """The proposal.json that a PDF of ours carries.

    Raises FileError where the file cannot be read, NotOursError where it is no PDF, is damaged,
    or carries no proposal of a bearable size.
    """
    file = str(path)
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_PDF:
                raise NotOursError("pdf_too_large", file=file, size=LARGEST_PDF // 1024**2)
            with pikepdf.open(stream, attempt_recovery=False) as pdf:
                data = _attached(pdf)
    except OSError as error:
        raise FileError("pdf_unreadable", file=file) from error
    except _BROKEN as error:
        raise NotOursError("pdf_damaged", file=file) from error
    if data is None:
        raise NotOursError("pdf_not_ours", file=file)
    if len(data) > LARGEST_JSON:
        raise NotOursError("json_too_large", file=file, size=LARGEST_JSON // 1024**2)
    return data


def _attached(pdf: pikepdf.Pdf) -> bytes | None:
    """The bytes attached as proposal.json, up to one more than is allowed; None without them."""
    if ATTACHED not in pdf.attachments:
        return None
    held: Any = pdf.attachments[ATTACHED].obj.EF
    stream = held.UF if "/UF" in held else held.F
    raw = bytes(stream.read_raw_bytes())
    packed = stream.get("/Filter")
    if isinstance(packed, pikepdf.Array) and len(packed) == 1:
        packed = packed[0]
    if packed is None:
        return raw[: LARGEST_JSON + 1]
    if packed != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        return None
    return zlib.decompressobj().decompress(raw, LARGEST_JSON + 1)
