"""A process that judges bundles: what it does first, and when it ends."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread
from typing import Any

from sif_desktop.app.intake.judging import warm


def begin() -> None:
    """Makes a process ready for bundles. It ends with the one that started it, however that ends.

    Left alone it would wait for ever: it holds the other end of the pipe that it listens to.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()
    warm()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
