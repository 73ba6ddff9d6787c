"""The intake: every broken bundle is found with its reason, and sums agree with the generator's."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from forms_of_tests import action
from intake_bundles import FIRST, MAIN, WAYS, Generated, bundle, generate, quick_identity

from sif_desktop.app.intake import across, outputs, running
from sif_desktop.app.intake.desk import Given, take_in
from sif_desktop.app.intake.judging import judge_all
from sif_desktop.app.intake.ledger import open_ledger
from sif_desktop.app.intake.row import Row, from_text, to_text
from sif_desktop.bundle.identity import Identity
from sif_desktop.cli.main import main
from sif_desktop.errors import FileError, NotOursError
from sif_desktop.language import LANGUAGES, words

COUNT = 60


def here() -> tuple[Executor, int]:
    """One thread of this process: as quick as it gets for few bundles."""
    return ThreadPoolExecutor(1), 1


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Generated]:
    """A folder with bundles, of which twenty are broken: each way twice."""
    folder = tmp_path_factory.mktemp("intake") / "in"
    return folder, generate(folder, COUNT, broken=20)


@pytest.fixture(scope="module")
def me() -> Identity:
    return quick_identity()


@pytest.fixture(scope="module")
def other() -> Identity:
    return quick_identity()


def table(out: Path) -> str:
    return (out / outputs.CSV).read_text(encoding="utf-8-sig")


def taken(folder: Path, out: Path, make: running.Tell | Any = here) -> across.Overview:
    """Takes in a folder, and writes."""
    for ledger, overview in take_in(Given(folder, out), make=make):
        outputs.write_all(out, ledger, overview, words("nl"))
        return overview
    raise AssertionError


def test_each_broken_bundle_is_found_with_its_reason(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    folder, made = incoming
    assert len(WAYS) == 10 and set(made.broken.values()) == {reason for _, reason in WAYS.values()}
    for ledger, overview in take_in(Given(folder, tmp_path), make=here):
        found = {row.file: {reason.key for reason in row.reasons} for row in across.faulty(ledger)}
        assert found.keys() == made.broken.keys()
        for file, reason in made.broken.items():
            assert reason in found[file], file
        assert overview.faulty == len(made.broken)
        assert overview.whole == COUNT


def test_sums_agree_with_what_was_made(incoming: tuple[Path, Generated], tmp_path: Path) -> None:
    folder, made = incoming
    for ledger, overview in take_in(Given(folder, tmp_path), make=here):
        calls = {one.call.id: one for one in overview.calls}
        assert {name: one.asked for name, one in calls.items()} == made.asked
        assert calls[MAIN].priority_asked == made.priority
        assert calls[MAIN].money == 1_000_000_00
        assert calls[MAIN].priority_share == 3333
        assert sum(theme.asked for theme in calls[MAIN].themes) == made.asked[MAIN]
        sums = {one.field: one.sum for call in calls.values() for one in call.targets}
        assert sums == made.numbers
        targets = {one.field: one.target for call in calls.values() for one in call.targets}
        assert targets["reach"] == 5000 and targets["nurture_trajectories"] == 18
        assert len(list(across.screenings(ledger))) == made.screened > 0


def test_the_table_is_the_same_in_processes_and_from_run_to_run(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    folder, _ = incoming
    taken(folder, tmp_path / "a")
    taken(folder, tmp_path / "b", lambda: running.processes(2))
    for name in (outputs.CSV, outputs.JSON, outputs.REPORT):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_every_output_holds_every_bundle(incoming: tuple[Path, Generated], tmp_path: Path) -> None:
    folder, made = incoming
    taken(folder, tmp_path)
    lines = list(csv.DictReader(io.StringIO(table(tmp_path))))
    data = json.loads((tmp_path / outputs.JSON).read_bytes())
    book = openpyxl.load_workbook(tmp_path / outputs.WORKBOOK, read_only=True)
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    names = sorted(path.name for path in folder.iterdir())
    assert [line["file"] for line in lines] == names
    assert [one["file"] for one in data["bundles"]] == names
    assert [row[1] for row in sheet[1:]] == names
    asked = {call["call"]: call["asked"] for call in data["calls"]}
    assert asked == made.asked
    amount = next(line["asked"] for line in lines if line["call"] == MAIN)
    assert amount.count(".") == 1 and len(amount.split(".")[1]) == 2
    assert (tmp_path / outputs.REPORT).read_bytes().startswith(b"%PDF-")


class InterruptedRunError(Exception):
    """As a person who stops the run."""


def test_an_interrupted_intake_goes_on_where_it_was(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    folder, _ = incoming
    taken(folder, tmp_path / "whole")
    half = tmp_path / "half"

    def stop(done: int, whole: int) -> None:
        if done >= running.PARCEL:
            raise InterruptedRunError

    with pytest.raises(InterruptedRunError):
        list(take_in(Given(folder, half), make=here, tell=stop))
    assert not (half / outputs.CSV).exists()
    begun: list[int] = []
    for ledger, overview in take_in(
        Given(folder, half), make=here, tell=lambda done, whole: begun.append(done)
    ):
        outputs.write_all(half, ledger, overview, words("nl"))
    assert begun[0] >= running.PARCEL
    assert begun[-1] == COUNT
    assert table(half) == table(tmp_path / "whole")


@pytest.mark.parametrize("keep_date", [False, True], ids=["new date", "same date and size"])
def test_a_bundle_that_changed_is_judged_anew(
    incoming: tuple[Path, Generated], tmp_path: Path, keep_date: bool
) -> None:
    folder = tmp_path / "in"
    shutil.copytree(incoming[0], folder)
    out = tmp_path / "out"
    before = taken(folder, out)
    good = next(path for path in sorted(folder.iterdir()) if path.name not in incoming[1].broken)
    about = good.stat()
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    good.write_bytes(data)
    if keep_date:
        os.utime(good, ns=(about.st_atime_ns, about.st_mtime_ns))
    judged: list[int] = []
    for _, overview in take_in(
        Given(folder, out), make=here, tell=lambda done, whole: judged.append(done)
    ):
        assert overview.faulty == before.faulty + 1
    assert judged == [COUNT - 1, COUNT]


def test_a_bundle_that_went_away_counts_no_more(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(incoming[0], folder)
    taken(folder, out)
    for file in incoming[1].broken:
        (folder / file).unlink()
    after = taken(folder, out)
    assert after.faulty == 0 and after.whole == COUNT - len(incoming[1].broken)
    assert {one.call.id: one.asked for one in after.calls} == incoming[1].asked


def test_the_same_proposal_sent_twice_counts_once(tmp_path: Path, me: Identity) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    first, second = action(), action(project=action().project.model_copy(update={"title": "Nieuw"}))
    bundle(folder / "z-first.asice", first, me, FIRST)
    bundle(folder / "a-second.asice", second, me, FIRST + timedelta(days=1))
    for ledger, overview in take_in(Given(folder, tmp_path / "out"), make=here):
        assert overview.replaced == 1
        assert [one.bundles for one in overview.calls] == [1]
        (again,) = across.repeated(ledger)
        assert (again.newest, again.older) == ("a-second.asice", ("z-first.asice",))
        assert not again.same_content and not again.strangers
        assert list(across.recurring(ledger)) == []


def test_another_key_with_the_same_id_replaces_nothing(
    tmp_path: Path, me: Identity, other: Identity
) -> None:
    """Whoever copies the id of a competitor's proposal must not make it disappear."""
    folder = tmp_path / "in"
    folder.mkdir()
    bundle(folder / "mine.asice", action(), me, FIRST)
    bundle(folder / "theirs.asice", action(), other, FIRST + timedelta(days=1))
    for ledger, overview in take_in(Given(folder, tmp_path / "out"), make=here):
        assert overview.replaced == 0
        assert {one.strangers for one in across.repeated(ledger)} == {
            ("mine.asice",),
            ("theirs.asice",),
        }


def test_an_organisation_in_several_proposals_is_found_by_its_number(
    tmp_path: Path, me: Identity
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written = ("0123456749", "BE 0123.456.749", "0123 456 749")
    for place, number in enumerate(written):
        partner = action().partners[0].model_copy(update={"enterprise_number": number})
        one = action(id=f"p{place}", partners=[partner.model_dump()])
        bundle(folder / f"{place}.asice", one, me, FIRST)
    for ledger, _ in take_in(Given(folder, tmp_path / "out"), make=here):
        (found,) = across.recurring(ledger)
        assert (found.number, found.proposals, found.asked) == ("0123456749", 3, 3 * 20_000_00)
        assert found.files == ("0.asice", "1.asice", "2.asice")


def test_text_of_applicants_is_never_a_formula(tmp_path: Path, me: Identity) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    evil = '=HYPERLINK("http://example.org";"klik")'
    project = action().project.model_copy(update={"title": evil, "acronym": "+1\x07"})
    bundle(folder / "=1+1.asice", action(project=project.model_dump()), me, FIRST)
    taken(folder, out)
    book = openpyxl.load_workbook(out / outputs.WORKBOOK)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert evil in [cell.value for cell in cells]
    (line,) = csv.DictReader(io.StringIO(table(out)))
    assert line["title"] == f"'{evil}" and line["file"].startswith("'=")


def test_only_what_claims_to_be_a_bundle_is_looked_at(
    tmp_path: Path, incoming: tuple[Path, Generated], me: Identity
) -> None:
    folder = tmp_path / "in"
    (folder / "map").mkdir(parents=True)
    bundle(folder / "map" / "voorstel.zip", action(), me, FIRST)
    (folder / "brief.txt").write_text("Beste,")
    (folder / ".verborgen.asice").write_bytes(b"")
    (folder / "lus.asice").symlink_to(folder)
    overview = taken(folder, folder / "out")
    assert overview.counts == {"good": 1, "blocked": 0, "broken": 0, "unreadable": 0}
    assert taken(folder, folder / "out").whole == 1


def test_a_folder_within_that_cannot_be_read_is_told(
    tmp_path: Path, me: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    (folder / "dicht").mkdir(parents=True)
    bundle(folder / "een.asice", action(), me, FIRST)
    real = os.scandir

    def scandir(place: Any) -> Any:
        if Path(place).name == "dicht":
            raise PermissionError(13, "dicht", str(place))
        return real(place)

    monkeypatch.setattr("sif_desktop.app.intake.desk.os.scandir", scandir)
    for ledger, overview in take_in(Given(folder, tmp_path / "out"), make=here):
        assert [row.file for row in across.faulty(ledger)] == ["dicht"]
        assert overview.counts["good"] == 1


def test_odd_names_of_files_are_taken_in(tmp_path: Path, me: Identity) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    names = ["een\nregel.asice", "=som.asice", "één ﬁ 語.asice", "a'b;c,d.asice"]
    for place, name in enumerate(names):
        bundle(folder / name, action(id=f"p{place}"), me, FIRST)
    with Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.asice")).open("wb"):
        pass
    overview = taken(folder, out)
    assert overview.counts == {"good": 4, "blocked": 0, "broken": 0, "unreadable": 1}
    told = [line["file"] for line in csv.DictReader(io.StringIO(table(out), newline=""))]
    assert {one.lstrip("'") for one in told} == {*names, "x?.asice"}


def test_what_is_written_does_not_grow_in_memory_with_the_bundles(tmp_path: Path) -> None:
    """Rows are put in a ledger by hand, four times as many: the peak stays where it was."""
    peaks = []
    for count in (400, 1600):
        out = tmp_path / str(count)
        out.mkdir()
        with open_ledger(out) as ledger:
            names = [f"b{place:06}.asice" for place in range(count)]
            ledger.found((name, 1, 1) for name in names)
            rows = (
                Row(name, 1, "0" * 64, "good", call=MAIN, proposal=f"p{place}", title=f"T{place}")
                for place, name in enumerate(names)
            )
            ledger.keep((row.file, to_text(row)) for row in rows)
            overview = across.overview(ledger, tmp_path)
            outputs.write_all(tmp_path, ledger, overview, words("nl"))  # what is loaded once
            tracemalloc.start()
            outputs.write_all(out, ledger, overview, words("nl"))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0], peaks


# ----------------------------------------------------------------------- workers that die
class Fragile(Executor):
    """An executor that breaks whenever it is given the bundle that kills its workers."""

    deadly = ""
    broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.broken |= self.deadly in args[1]
        if self.broken:
            future.set_exception(BrokenExecutor("a worker ended"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_bundle_that_kills_its_worker_stops_nothing(
    incoming: tuple[Path, Generated], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = incoming
    deadly = sorted(path.name for path in folder.iterdir() if path.name not in made.broken)[20]
    monkeypatch.setattr(Fragile, "deadly", deadly)
    for ledger, overview in take_in(Given(folder, tmp_path), make=lambda: (Fragile(), 2)):
        faults = {row.file: row.reasons[0].key for row in across.faulty(ledger)}
        assert faults.keys() == {*made.broken, deadly}
        assert faults[deadly] == "intake.reasons.crashed"
        assert overview.whole == COUNT


# ------------------------------------------------------------------------------- refusals
def test_results_never_go_among_other_files(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    (tmp_path / "brief.txt").write_text("van mij")
    with pytest.raises(FileError) as caught:
        list(take_in(Given(incoming[0], tmp_path), make=here))
    assert caught.value.key == "intake_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_a_ledger_that_is_none_is_left_as_it_is(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    ledger = tmp_path / "intake.ledger"
    for content in (b"geen tabel" * 200, b""):
        ledger.write_bytes(content)
        if not content:
            assert taken(incoming[0], tmp_path).whole == COUNT
            continue
        with pytest.raises(FileError):
            list(take_in(Given(incoming[0], tmp_path), make=here))
        assert ledger.read_bytes() == content


def test_a_database_of_something_else_is_refused(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "intake.ledger") as base:
        base.execute("CREATE TABLE other (x)")
    base.close()
    with pytest.raises(NotOursError):
        list(take_in(Given(incoming[0], tmp_path), make=here))


def test_two_intakes_never_work_in_one_folder(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    for _ in take_in(Given(incoming[0], tmp_path), make=here):
        with pytest.raises(FileError) as caught:
            list(take_in(Given(incoming[0], tmp_path), make=here))
        assert caught.value.key == "intake_ledger"


# --------------------------------------------------------------------------- command line
@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    def lines() -> list[str]:
        return capsys.readouterr().out.splitlines()

    return lines


def test_the_command_has_a_line_for_each_faulty_bundle(
    incoming: tuple[Path, Generated], tmp_path: Path, screen: Callable[[], list[str]]
) -> None:
    folder, made = incoming
    out = str(tmp_path / "uit")
    assert main(["intake", str(folder), out, "--workers", "1"]) == 1
    lines = screen()
    told = [line.partition(":")[0] for line in lines if ".asice: " in line]
    assert told == sorted(made.broken)
    assert main(["intake", str(folder), out, "--workers", "1", "--lang", "fr"]) == 1
    assert [line for line in screen() if line.startswith("Paquets")]


def test_an_interruption_from_the_keyboard_is_one_line_and_loses_nothing(
    incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    folder, made = incoming
    out = tmp_path / "uit"
    command = [sys.executable, "-m", "sif_desktop.cli.main", "intake", str(folder), str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while not (out / "intake.ledger").exists():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert len(told.splitlines()) == 1 and "Traceback" not in told
    assert [path.name for path in out.iterdir()] == ["intake.ledger"]
    assert taken(folder, out).faulty == len(made.broken)


def test_a_folder_without_faults_ends_with_nothing_wrong(
    tmp_path: Path, me: Identity, screen: Callable[[], list[str]]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    bundle(folder / "een.asice", action(), me, FIRST)
    assert main(["intake", str(folder), str(tmp_path / "uit"), "--workers", "1"]) == 0
    assert main(["intake", str(tmp_path / "niets"), str(tmp_path / "uit2")]) == 2


def test_every_reason_has_a_sentence(incoming: tuple[Path, Generated]) -> None:
    folder, made = incoming
    rows = [from_text(text) for _, text in judge_all(str(folder), sorted(made.broken), None, ())]
    assert len(rows) == len(made.broken)
    for row in rows:
        assert isinstance(row, Row) and from_text(to_text(row)) == row
        for language in LANGUAGES:
            for reason in row.reasons:
                said = words(language).say(reason.key, **reason.figures)
                assert said.strip() and "{" not in said
