"""The first hundred bytes of a draft: what is told from them before SQLite touches the file.

Their layout: https://www.sqlite.org/fileformat2.html#the_database_header
"""

from __future__ import annotations

import stat
import struct
from pathlib import Path

from sif_desktop.errors import FileError, NewerError, NotOursError
from sif_desktop.store.connection import TOGETHER, failures
from sif_desktop.store.schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_ROLLBACK_JOURNAL = b"\x01\x01"


def version_of(path: Path) -> int:
    """The version of a draft's tables, from 1 to `VERSION`. Nothing is written or locked.

    Raises FileError where the file is not there or cannot be read, NotOursError where it is no
    draft, NewerError where a newer program made it.
    """
    name = str(path)
    with TOGETHER, failures(path):
        try:
            mode = path.stat().st_mode
        except ValueError as error:
            raise FileError("file_missing", file=name) from error
        if stat.S_ISDIR(mode):
            raise FileError("file_is_folder", file=name)
        if not stat.S_ISREG(mode):
            raise NotOursError("file_not_ours", file=name)
        with path.open("rb") as stream:
            header = stream.read(_LENGTH)
    if not header:
        raise NotOursError("file_empty", file=name)
    if not header.startswith(_MAGIC):
        raise NotOursError("file_not_ours", file=name)
    if len(header) < _LENGTH:
        raise NotOursError("draft_damaged", file=name)
    version, application = struct.unpack_from(">60xI4xI", header)
    if application != APPLICATION_ID:
        raise NotOursError("file_not_ours", file=name)
    if version > VERSION:
        raise NewerError("newer", file=name)
    # A write-ahead log would stand in a second file, and reading would already write.
    if version < 1 or header[18:20] != _ROLLBACK_JOURNAL:
        raise NotOursError("draft_damaged", file=name)
    return int(version)
