"""What the tests of the draft file share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

NOBODY = 65534


@contextmanager
def _unprivileged() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """Inside it permissions count, also where the tests are run by root."""
    return _unprivileged


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, and that is taken away whatever its permissions."""
    with tempfile.TemporaryDirectory(prefix="sif-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)
