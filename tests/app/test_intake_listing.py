"""The table of an intake as a window shows it: what is looked for, found, sorted and said."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from intake_bundles import MAIN, Generated, generate

from sif_desktop.app.intake import outcome, running
from sif_desktop.app.intake.desk import Given
from sif_desktop.app.intake.listing import COLUMNS, Entry, Filter, Names, entry, in_order
from sif_desktop.app.intake.outcome import Batch, Intake, Outcome, suggested, write_results
from sif_desktop.app.intake.row import Organisation, Row
from sif_desktop.app.work import StoppedError, Work
from sif_desktop.calls.folder import find
from sif_desktop.errors import FileError
from sif_desktop.language import LANGUAGES, words

BY_NAME = {column.name: column for column in COLUMNS}


def here(workers: int | None = None) -> tuple[Executor, int]:
    return ThreadPoolExecutor(1), 1


def partner(name: str, number: str = "", screening: bool = False) -> Organisation:
    return Organisation(name, number, "coordinator", "flanders", screening, 0)


def one(file: str, **values: object) -> Entry:
    return entry(Row(file, **{"state": "good", "proposal": "p", "call": MAIN} | values))


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Generated]:
    folder = tmp_path_factory.mktemp("listing") / "in"
    return folder, generate(folder, 24, broken=10)


@pytest.fixture(autouse=True)
def in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "processes", here)


def test_a_search_asks_for_all_its_words_in_any_spelling() -> None:
    made = one(
        "map/a.asice", title="Café Émile", organisations=(partner("Zorg vzw", "0123456749"),)
    )
    for text in ("cafe", "EMILE café", "0123456749", "zorg map/a", "", "  "):
        assert Filter(search=text).shows(made), text
    for text in ("cafe zzz", "1999"):
        assert not Filter(search=text).shows(made), text


def test_filters_go_together() -> None:
    good = one("a", theme="open")
    broken = entry(Row("b", state="broken"))
    screened = one("c", organisations=(partner("Brussel vzw", screening=True),))
    older = entry(good.row, "d")
    assert [Filter(faulty=True).shows(x) for x in (good, broken, screened)] == [False, True, False]
    assert [Filter(screened=True).shows(x) for x in (good, broken, screened)] == [
        False,
        False,
        True,
    ]
    assert not Filter(theme="open", screened=True).shows(good)
    assert Filter(state="good").shows(good) and not Filter(state="good").shows(older)
    assert Filter(state="replaced").shows(older)
    assert Filter(call=MAIN).shows(good) and not Filter(call=MAIN).shows(broken)


def test_what_has_no_value_comes_last_in_either_order() -> None:
    entries = [one("a", asked=5), entry(Row("b")), one("c", asked=-1), one("d", asked=70)]
    names = Names(words("nl"), {})
    for falling, expected in ((False, "cadb"), (True, "dacb")):
        found = in_order(entries, BY_NAME["asked"], names, falling=falling)
        assert "".join(x.row.file for x in found) == expected


def test_states_go_from_the_gravest_on() -> None:
    states = ("good", "unreadable", "blocked", "broken")
    entries = [one(state, state=state) for state in states] + [entry(Row("old", state="good"), "x")]
    found = in_order(entries, BY_NAME["state"], Names(words("nl"), {}), falling=False)
    assert [x.state for x in found] == ["replaced", "unreadable", "broken", "blocked", "good"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_is_said_in_every_language(language: str) -> None:
    row = one(
        "a",
        theme="open",
        priority=True,
        identity="self_issued",
        claimed="2013-02-01T09:00:00+00:00",
        start="2013-09-01",
        duration=12,
        asked=100_00,
        own_means=100_00,
        foreign=10_00,
        organisations=(partner("Zorg vzw"),),
    )
    names = Names(words(language), {MAIN: find(MAIN)})
    said = {name: names.cell(row, column) for name, column in BY_NAME.items()}
    assert said["foreign_share"].startswith("5")
    assert said["call"] != MAIN and said["theme"] != "open" and "self" not in said["identity"][:4]
    assert not [name for name, text in said.items() if "{" in text or "intake." in text]
    for column in COLUMNS:
        assert words(language).find(column.heading)


def test_what_a_stranger_claims_as_a_time_is_shown_as_it_stands() -> None:
    for text in ("gisteren", "9999-99-99", "0001-01-01T00:00:00+00:00"):
        assert Names(words("nl"), {}).cell(one("a", claimed=text), BY_NAME["claimed"])


def test_rows_are_given_as_they_come_and_all_of_them_at_the_end(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    batches: list[Batch] = []
    stages: list[tuple[str, int, int]] = []
    work = Work(tell=lambda *stage: stages.append(stage))
    found = Intake(Given(incoming[0], tmp_path), batches.append).judge(work)
    came = [x.row.file for batch in batches for x in batch.entries]
    assert came == [x.row.file for x in found.entries] and len(came) == 24
    assert {name for batch in batches for name in batch.calls} == {MAIN, "fabriek-actie"}
    assert stages[0][0] == "looking" and stages[-1] == ("judging", 24, 24)
    again: list[Batch] = []
    assert Intake(Given(incoming[0], tmp_path), again.append).judge() == found
    assert len(again) == 1 and len(again[0].entries) == 24


def test_stopped_it_keeps_what_was_judged_and_goes_on_from_there(
    incoming: tuple[Path, Generated], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PARCEL", 4)
    given = Given(incoming[0], tmp_path)
    kept: list[str] = []

    def came(batch: Batch) -> None:
        kept.extend(x.row.file for x in batch.entries)
        if len(kept) == 8:
            intake.stop()

    intake = Intake(given, came)
    with pytest.raises(StoppedError):
        intake.judge()
    assert len(kept) == 8
    with pytest.raises(StoppedError):
        intake.judge()
    first: list[Batch] = []
    found = Intake(given, first.append).judge()
    assert len(first[0].entries) == 8 and len(found.entries) == 24
    assert all(x.row.reasons[0].key != "intake.reasons.crashed" for x in found.entries if x.faulty)


class Dying(Executor):
    """An executor whose workers die, as those that were ended."""

    def submit(self, fn: object, /, *args: object, **kwargs: object) -> object:
        raise RuntimeError


def test_nothing_is_said_against_a_bundle_whose_worker_was_ended(
    incoming: tuple[Path, Generated], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies since one stopped is no reason to ask the sender for another file."""
    intake = Intake(Given(incoming[0], tmp_path))
    run = running.Run(
        None,
        lambda done, whole: intake.workers.check(),
        str(incoming[0]),
        None,
        (),
        intake.workers.make,
        lambda rows: None,
    )
    assert run._alone(Dying(), "b000000.asice")[0][0][0] == "b000000.asice"
    intake.stop()
    with pytest.raises(StoppedError):
        run._alone(Dying(), "b000000.asice")


def test_results_are_written_from_what_was_judged(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    given = Given(incoming[0], tmp_path / "uit")
    found: Outcome = Intake(given).judge()
    assert found.overview.faulty == len(incoming[1].broken)
    names = [path.name for path in write_results(given, words("nl"))]
    assert names == ["intake.xlsx", "intake.csv", "intake.json", "intake.pdf"]
    (given.out / "intake.ledger").unlink()
    with pytest.raises(FileError) as caught:
        write_results(given, words("nl"))
    assert caught.value.key == "intake_gone"
    assert not (given.out / "intake.ledger").exists()


def test_a_place_for_the_results_is_suggested_beside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    first = suggested(folder, "-uit")
    assert first == tmp_path / "in-uit" and outcome.looks(first) == "nothing"
    first.mkdir()
    assert suggested(folder, "-uit") == first
    (first / "brief.txt").write_text("van mij")
    assert outcome.looks(first) == "other"
    second = suggested(folder, "-uit")
    assert second == tmp_path / "in-uit-2"
    second.mkdir()
    (second / "intake.ledger").touch()
    assert suggested(folder, "-uit") == second and outcome.looks(second) == "earlier"


def test_a_folder_that_cannot_be_looked_into_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Path) -> None:
        raise PermissionError(13, "dicht", str(self))

    monkeypatch.setattr(Path, "iterdir", fails)
    assert outcome.looks(tmp_path) is None


def test_processes_end_with_the_program_that_started_them_even_when_it_is_killed() -> None:
    """They hold its standard output open as long as they are there."""
    program = (
        "import time\n"
        "from sif_desktop.app.intake import running\n"
        "executor, count = running.processes(2)\n"
        "works = [executor.submit(time.sleep, 600) for _ in range(count)]\n"
        "while not all(work.running() for work in works): time.sleep(0.01)\n"
        "print('up', flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout.readline() == "up\n"
        process.kill()
        assert process.communicate(timeout=60)[0] == ""
