"""Writing what the program makes: whole or not at all, with the reason where that fails."""

from __future__ import annotations

from pathlib import Path

from sif_desktop.app.sources import cannot_read
from sif_desktop.writing import beside


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file beside its place and then puts it there; a failure leaves nothing behind.

    Raises FileError with the reason.
    """
    try:
        with beside(path) as stream:
            stream.write(data)
    except OSError as error:
        raise cannot_read(path, error) from error
