"""The command that takes in all bundles of a folder: a bar while it runs, a line for each fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen

if TYPE_CHECKING:
    from sif_desktop.app.intake.running import Tell


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def intake(
        folder: Path = given.bundles_folder,
        out: Path = given.intake_out,
        *,
        trust: Path | None = given.trust,
        pinned: list[str] = given.pinned,
        scheduler: str = given.scheduler,
        workers: int = given.workers,
    ) -> int:
        from sif_desktop.app.intake import running
        from sif_desktop.app.intake.desk import Given, take_in
        from sif_desktop.app.intake.outputs import write_all

        make = partial(running.processes, workers or None)
        if scheduler:
            make = partial(running.cluster, scheduler)
        faults = 0
        with _bar(screen) as tell:
            taken = take_in(Given(folder, out, trust, tuple(pinned)), make=make, tell=tell)
            for ledger, overview in taken:
                files = write_all(out, ledger, overview, screen.words)
                _tell_all(screen, ledger, overview)
                faults = overview.faulty
                for file in files:
                    screen.say("commands.made", file=str(file))
        return 1 if faults else 0

    return {"intake": intake}


def _tell_all(screen: Screen, ledger: Any, overview: Any) -> None:
    """A line for each bundle that is not in order, then what all come to."""
    from sif_desktop.app.intake.across import faulty
    from sif_desktop.app.intake.tables import said

    words = screen.words
    for row in faulty(ledger):
        reason = " ".join(said(one, words) for one in row.reasons[:1])
        screen.say("commands.intake_fault", file=row.file, reason=reason)
    screen.say(
        "commands.intake_counts",
        whole=overview.whole,
        replaced=overview.replaced,
        **overview.counts,
    )
    for one in overview.calls:
        title = one.call.words(words.language).say("call.title")
        screen.say("commands.intake_money", call=title, asked=one.asked, bundles=one.bundles)


@contextmanager
def _bar(screen: Screen) -> Iterator[Tell]:
    """A bar on standard error, where a person is looking on."""
    if not sys.stderr.isatty():
        yield lambda done, whole: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(screen.words.say("commands.intake_working"), total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
