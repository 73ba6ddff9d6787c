"""Writing what the program makes: whole or not at all, and never over a file by accident."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sif_desktop.app.sources import cannot_read


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file beside its place and then puts it there; a failure leaves nothing behind.

    Raises FileError with the reason.
    """
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(path)
    except OSError as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise cannot_read(path, error) from error
