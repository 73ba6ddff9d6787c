"""Long work as data, without threads: what it tells on its way, and how it learns to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class StoppedError(Exception):
    """Raised within work that nobody waits for any more. It is caught where the work was begun,
    and shown to nobody."""


@dataclass(frozen=True)
class Work:
    """What long work is given to tell how far it is.

    `tell` gets the key of a stage, or the name of a file, and how much of it is done (in bytes;
    both 0 where that is not known). `wanted` says whether somebody still waits for the outcome.
    """

    tell: Callable[[str, int, int], None] = lambda *_: None
    wanted: Callable[[], bool] = lambda: True

    def at(self, stage: str, done: int = 0, whole: int = 0) -> None:
        """Tells how far the work is. Raises StoppedError where nobody waits for it any more."""
        if not self.wanted():
            raise StoppedError
        self.tell(stage, done, whole)


UNWATCHED = Work()
"""For work that tells nobody and is always wanted."""
