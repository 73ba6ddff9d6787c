"""The history as it is told, going back to a moment, and what differs between two of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dossiers import example_proposal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from teamwork.desks import act, made, merged, planned, tree
from teamwork.small import one_edit, small

from sif_desktop.app import comparing, packets, past
from sif_desktop.app.going_back import Back, go_back, go_back_in, plan_back, why_not
from sif_desktop.app.past_words import PastWords
from sif_desktop.app.session import Session
from sif_desktop.app.sources import call_of
from sif_desktop.app.work import StoppedError, Work
from sif_desktop.cli.main import main
from sif_desktop.errors import FileError, LockedError, NotOursError, SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.model.edit import Drop, Edit, Set, make_change
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.rounds import BACK

FILE = b"een bijlage"
DIGEST = hashlib.sha256(FILE).hexdigest()
PLAIN = small().model_copy(update={"attachments": ()})
"""Without a file: those of the small proposal are nowhere."""
NOON = datetime(2013, 5, 3, 12, tzinfo=UTC)


def opened(path: Path, author: str = "An") -> Session:
    draft = Draft.open(path, author=author)
    return Session(draft, call_of(draft.proposal), author=author)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(made(tmp_path / "a.sif")) as found:
        yield found


def name(session: Session, value: str) -> None:
    session.do([Set(at="partners/p1/name", value=value)], subject="Naam")


def plan(session: Session, seq: int) -> Back:
    return plan_back(session.draft, session.proposal, seq)


# -- going back -----------------------------------------------------------------------------


def one_step(session: Session, data: st.DataObject, number: int) -> None:
    """An act, one taken back or done again, or somebody else who goes on with the draft."""
    step = data.draw(st.sampled_from(("act", "act", "act", "undo", "redo", "back")))
    if step == "act":
        edit = data.draw(one_edit(session.proposal, f"n{number}"))
        session.do([edit], label=edit.op, subject=f"iets {number}")
    elif step == "back":
        go_back_in(session, plan(session, data.draw(st.integers(0, session.draft.seq))))
    else:
        getattr(session, step)()


@settings(max_examples=30, derandomize=True, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_whatever_was_done_one_can_go_back_to_any_moment_and_loses_nothing(
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as folder:
        path, number, trees = made(Path(folder) / "a.sif", PLAIN), 0, [PLAIN]
        for author in ("An", "Bea"):
            with opened(path, author) as session:
                for _ in range(data.draw(st.integers(1, 8))):
                    number += 1
                    one_step(session, data, number)
                    if session.draft.seq == len(trees):
                        trees.append(session.proposal)
        assert tree(path) == trees[-1]
        with opened(path, "Cas") as session:
            history = session.draft.history()
            seq = data.draw(st.integers(0, len(trees) - 1))
            count = go_back_in(session, plan(session, seq))
            assert session.proposal == trees[seq]
            assert session.draft.history()[: len(history)] == history
            assert session.draft.seq == len(history) + (count > 0)
            if count:
                assert session.undo_next == (BACK, str(seq))
                session.undo()
                assert session.proposal == trees[-1]
                session.redo()
                assert session.proposal == trees[seq]
            read = past.read(session.draft, session.call)
        with Draft.open(path, read_only=True) as draft:
            assert [draft.proposal_at(seq) for seq in range(len(trees))] == trees
            assert past.read(draft, call_of(draft.proposal)) == read
            assert [one.seq for one in read.acts] == list(range(1, draft.seq + 1))


@settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_what_was_merged_after_the_moment_is_merged_again_and_what_came_before_is_not(
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as folder:
        home, theirs = made(Path(folder) / "home.sif", PLAIN), Path(folder) / "theirs.sif"
        packets.send(home, "P1", theirs, "An", ["answers/vision_future"])
        act(theirs, "Bea", Set(at="answers/vision_future", value="Van Bea."))
        before = tree(home)
        merged(home, theirs)
        after = tree(home)
        assert after.answers["vision_future"] == "Van Bea."
        for number in range(data.draw(st.integers(0, 3))):
            act(home, "An", data.draw(one_edit(tree(home), f"h{number}")))
        with opened(home) as session:
            go_back_in(session, plan(session, 1))
        assert tree(home) == after
        assert not planned(home, theirs).merge.settled({}), "it still stands"
        with opened(home) as session:
            go_back_in(session, plan(session, 0))
        assert tree(home) == before
        assert merged(home, theirs).partner == "p1"
        assert tree(home) == after, "it did not stand any more"
        assert not planned(home, theirs).merge.settled({})


def test_the_subject_of_the_act_begins_with_the_number_of_the_moment(session: Session) -> None:
    name(session, "A")
    past.name_moment(session.draft, 1, "verzonden")
    past.name_moment(session.draft, 1, "naar de partners")
    name(session, "B")
    go_back_in(session, plan(session, 1))
    assert session.undo_next == (BACK, "1 naar de partners")
    assert session.proposal.partners[0].name == "A"
    assert go_back_in(session, plan(session, 1)) == 0
    assert session.draft.seq == 3


def test_what_is_being_typed_is_no_part_of_the_plan_unless_it_is_written_down(
    session: Session,
) -> None:
    session.type("project/title", "Half")
    session.settle()
    session.type("project/title", "Half a wo")
    session.settle()
    go_back_in(session, plan(session, 1))
    assert session.proposal.project.title == "Half"
    session.undo()
    assert session.proposal.project.title == "Half a wo"


def attached(session: Session) -> None:
    """Puts the bytes of an attachment into the draft, and then takes it out of the proposal."""
    session.draft.add_attachment(BytesIO(FILE))
    session.do([Set(at="attachments/a1/sha256", value=DIGEST)])
    session.do([Drop(at="attachments/a1")])


def test_a_file_that_was_taken_out_is_there_again(session: Session) -> None:
    attached(session)
    go_back_in(session, plan(session, 1))
    assert [one.sha256 for one in session.proposal.attachments] == [DIGEST]
    with session.draft.open_attachment(DIGEST) as stream:
        assert stream.read() == FILE


def test_a_moment_with_a_file_that_is_gone_is_refused_in_words(tmp_path: Path) -> None:
    path = made(tmp_path / "a.sif")
    with opened(path) as session:
        attached(session)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM pieces")
        db.execute("DELETE FROM attachments")
    with opened(path) as session:
        before = session.proposal
        with pytest.raises(FileError) as refused:
            plan(session, 1)
        assert refused.value.key == "back_attachment_gone"
        for language in LANGUAGES:
            said = words(language).say(f"errors.{refused.value.key}", **refused.value.figures)
            assert "a.pdf" in said
        assert session.proposal is before
        assert session.draft.seq == 2
        go_back_in(session, plan(session, 2))  # nothing that is gone stands there


def test_a_file_that_is_missing_today_too_is_no_reason(session: Session) -> None:
    name(session, "A")  # the small proposal names a file that was never in it
    go_back_in(session, plan(session, 0))
    assert session.proposal == small()


def test_nobody_goes_back_in_a_packet_or_where_nothing_can_be_written(tmp_path: Path) -> None:
    path, packet = made(tmp_path / "a.sif"), tmp_path / "p1.sif"
    act(path, "An", Set(at="partners/p1/name", value="A"))
    packets.send(path, "A", packet, "An")
    with Draft.open(packet, author="Bea") as draft:
        assert getattr(why_not(draft), "key", "") == "back_in_packet"
        with pytest.raises(FileError, match="back_in_packet"):
            plan_back(draft, draft.proposal, 0)
    with Draft.open(path, author="An") as held:
        assert why_not(held) is None
        with Draft.open(path, author="Bea") as second:
            assert isinstance(why_not(second), LockedError)
    with Draft.open(path, read_only=True) as looked:
        assert getattr(why_not(looked), "key", "") == "draft_read_only"
        with pytest.raises(FileError, match="draft_read_only"):
            past.name_moment(looked, 1, "iets")


def test_a_moment_that_is_not_there_is_refused(session: Session) -> None:
    for seq in (-1, 1, 10**9):
        with pytest.raises(FileError, match="draft_no_such_moment"):
            plan(session, seq)


def test_looking_up_a_moment_can_be_stopped(session: Session) -> None:
    with pytest.raises(StoppedError):
        plan_back(session.draft, session.proposal, 0, Work(wanted=lambda: False))


# -- the history as it is told --------------------------------------------------------------


@pytest.fixture
def worked(tmp_path: Path) -> Callable[..., Draft]:
    """A draft with acts at moments of choice: pairs of an author and hours after noon."""

    def make(*acts: tuple[str, float]) -> Draft:
        draft = Draft.create(tmp_path / "b.sif", small(), author="An")
        for number, (author, hours) in enumerate(acts):
            edits: list[Edit] = [Set(at="partners/p1/name", value=f"N{number}")]
            at = NOON + timedelta(hours=hours)
            draft.commit(
                make_change(draft.proposal, edits, author=author, subject="Naam", at=at)[1]
            )
        return draft

    return make


def test_acts_are_told_by_author_and_without_a_long_pause(worked: Callable[..., Draft]) -> None:
    with worked(("An", 0), ("An", 1), ("Bea", 2), ("An", 2.5), ("An", 6), ("An", 30)) as draft:
        found = past.read(draft, call_of(draft.proposal))
    stints = [(one.author, one.before, one.last) for one in found.stints]
    assert stints == [("An", 0, 2), ("Bea", 2, 3), ("An", 3, 4), ("An", 4, 5), ("An", 5, 6)]
    assert found.stints[0].begun == NOON
    assert found.stints[0].ended == NOON + timedelta(hours=1)


def test_reading_on_gives_what_reading_all_gives(session: Session) -> None:
    known = past.read(session.draft, session.call)
    assert (known.start, known.last, known.acts) == (0, 0, ())
    for value in ("A", "B", "C"):
        name(session, value)
        session.undo()
        known = past.read(session.draft, session.call, known)
        assert known == past.read(session.draft, session.call)
    session.redo()
    past.name_moment(session.draft, 2, "eerst")
    known = past.read(session.draft, session.call, known)
    assert known == past.read(session.draft, session.call)
    assert known.names == {2: ("eerst",)}
    assert known.acts[-1].of == ("edit", "Naam")


def test_acts_are_told_as_the_menus_say_them(session: Session) -> None:
    name(session, "A")
    session.do([Drop(at="budget/b0")], label="remove", subject="Lijn 1")
    session.undo()
    session.redo()
    go_back_in(session, plan(session, 1))
    session.do(
        [
            Set(at="project/title", value="T"),
            Set(at="project/acronym", value="T"),
            Set(at="partners/p2/name", value="B"),
        ],
        label="import",
        subject="x.json",
    )
    session.undo()
    found = past.read(session.draft, session.call)
    said = PastWords.of(session.proposal, session.call, session.call.words("nl"))
    assert [said.act(one) for one in found.acts] == [
        "Naam wijzigen",
        "Lijn 1 verwijderen",
        "Ongedaan gemaakt: Lijn 1 verwijderen",
        "Opnieuw gedaan: Lijn 1 verwijderen",
        "Teruggegaan naar moment 1",
        "Overnemen uit x.json",
        "Ongedaan gemaakt: overnemen uit x.json",
    ]
    wheres = [said.where(one) for one in found.acts]
    assert wheres[0] == "De partners: Partner A, naam van de organisatie"
    assert wheres[5] == "3 plaatsen in Het project, De partners"
    (stint,) = found.stints
    assert said.about(stint) == "7 wijzigingen · Het project, De partners, De begroting"
    assert said.moment(found, 0) == "het begin van het concept"
    assert said.moment(found, 3).startswith("moment 3 (")


def test_of_a_damaged_history_what_is_newer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path / "a.sif")
    with opened(path) as session:
        for number in range(3):
            name(session, f"N{number}")
    with Draft.open(path, author="An") as draft:
        for number in range(220):
            edits = [Set(at="partners/p1/name", value=f"M{number}")]
            draft.commit(make_change(draft.proposal, edits)[1])
        call = call_of(draft.proposal)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE changes SET body = x'00' WHERE seq = 2")
        found = past.read(draft, call)
        assert found.trouble
        assert found.trouble.key == "draft_history_damaged"
        assert (found.start, found.last) == (23, 223)
        draft.commit(make_change(draft.proposal, edits)[1])
        again = past.read(draft, call, found)
        assert (again.start, again.last, again.trouble) == (23, 224, found.trouble)
    assert main(["history", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out.count("Wijziging —") == 200
    assert len(said.err.strip().splitlines()) == 1


def test_of_many_sections_the_first_are_named(session: Session) -> None:
    said = PastWords.of(session.proposal, session.call, session.call.words("nl"))
    keys = [section.id for section in session.call.sections]
    titles = [said.section(key) for key in keys]
    assert said.sections(reversed(keys[:4])) == ", ".join(titles[:4])
    left = len(keys) - 3
    assert said.sections(keys) == f"{', '.join(titles[:3])}, en nog {left}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_without_words_of_their_own_are_told_in_every_language(
    session: Session, language: str
) -> None:
    session.do([Set(at="language", value="fr")], label="een andere versie")
    name(session, "A\nB\u202e")
    session.do([Set(at="answers/unknown", value="?")], label="edit")
    found = past.read(session.draft, session.call)
    said = PastWords.of(session.proposal, session.call, session.call.words(language))
    for one in found.acts:
        assert said.act(one)
        assert "{" not in said.act(one) + said.where(one)
        assert "\n" not in said.act(one) + said.where(one)


def test_a_name_for_a_moment_is_one_line_with_letters(session: Session) -> None:
    assert past.name_moment(session.draft, 0, "  naar \n de\tpartners\u202e\ud800 ") == (
        "naar de partners"
    )
    for given_, key in (
        (" \u200b\n", "moment_name_empty"),
        ("12", "moment_name_number"),
        ("x" * 81, "moment_name_long"),
    ):
        with pytest.raises(SifError, match=key):
            past.name_moment(session.draft, 0, given_)
    assert [one.name for one in session.draft.moments()] == ["naar de partners"]


# -- comparing ------------------------------------------------------------------------------


def differing(session: Session, *sides: int | Path) -> list[str]:
    found = comparing.compared(session.draft, (sides[0], sides[1]), language="nl")
    return [f"{one.place}: {one.old} > {one.new}" for one in found.differences]


def test_moments_and_files_are_compared(session: Session, tmp_path: Path) -> None:
    name(session, "A")
    name(session, "B")
    assert differing(session, 1, 2) == ["Partner B, naam van de organisatie: A > B"]
    assert differing(session, 2, 1) == ["Partner A, naam van de organisatie: B > A"]
    assert differing(session, 2, 2) == []
    file = tmp_path / "p.json"
    file.write_bytes(canonical.to_json(session.draft.proposal_at(1)))
    assert differing(session, file, 2) == differing(session, 1, 2)
    assert differing(session, 0, file) == differing(session, 0, 1)
    other = tmp_path / "ander.json"
    other.write_bytes(canonical.to_json(example_proposal()))
    found = comparing.compared(session.draft, (2, other), language="nl")
    assert found.foreign
    assert not comparing.compared(session.draft, (2, file), language="nl").foreign
    damaged = tmp_path / "kapot.asice"
    damaged.write_bytes(b"PK\x03\x04" + b"\0" * 60)
    with pytest.raises(NotOursError):
        comparing.compared(session.draft, (2, damaged), language="nl")


def test_a_long_comparison_can_be_stopped(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "ander.json"
    other.write_bytes(canonical.to_json(example_proposal()))
    told: list[int] = []
    work = Work(lambda _, done, __: told.append(done), lambda: not any(told))
    with pytest.raises(StoppedError):
        comparing.compared(session.draft, (0, other), language="nl", work=work)
    assert max(told) == 50


def test_a_comparison_is_written_as_a_page(session: Session, tmp_path: Path) -> None:
    name(session, "<b>A</b>")
    found = comparing.compared(session.draft, (0, 1), language="fr")
    out = tmp_path / "verschil.html"
    comparing.write_page(found.differences, session.call.words("fr"), ("een", "twee"), out)
    text = out.read_text(encoding="utf-8")
    assert "<ins>&lt;b&gt;A&lt;/b&gt;</ins>" in text
    assert 'lang="fr"' in text


# -- the command ----------------------------------------------------------------------------


def test_the_command_tells_names_and_goes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path / "a.sif")
    file = str(path)
    for value in ("A", "B", "C"):
        act(path, "Bea", Set(at="partners/p1/name", value=value))
    assert main(["history", file, "--name", "verzonden", "--at", "1"]) == 0
    assert main(["history", file, "--name", "klaar"]) == 0
    assert main(["history", file, "--back", "Verzonden", "--author", "An"]) == 0
    assert tree(path).partners[0].name == "A"
    assert main(["history", file, "--back", "verzonden"]) == 0
    assert "Er verandert niets" in capsys.readouterr().out
    assert main(["history", file]) == 0
    said = capsys.readouterr().out
    assert said.count("· Bea · 1 wijziging · De partners") == 3
    assert "     1  " in said
    assert "[verzonden]" in said
    assert "Teruggegaan naar moment 1 (verzonden)" in said
    assert main(["history", file, "--json"]) == 0
    acts = json.loads(capsys.readouterr().out)
    assert [one["seq"] for one in acts] == [1, 2, 3, 4]
    assert [one["names"] for one in acts] == [["verzonden"], [], ["klaar"], []]
    assert (acts[3]["label"], acts[3]["subject"], acts[3]["author"]) == (BACK, "1 verzonden", "An")
    assert main(["history", file, "--back", "0"]) == 0
    assert tree(path) == small()


def test_the_command_refuses_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, packet = made(tmp_path / "a.sif"), tmp_path / "p1.sif"
    packets.send(path, "P1", packet, "An")
    json_file = tmp_path / "p.json"
    json_file.write_bytes(canonical.to_json(small()))
    before = path.read_bytes()
    wrong = (
        ["history", str(path), "--back", "5"],
        ["history", str(path), "--back", "0", "--name", "x"],
        ["history", str(path), "--at", "0"],
        ["history", str(path), "--name", " "],
        ["history", str(path), "--name", "x", "--at", "-1"],
        ["history", str(packet), "--back", "0"],
        ["history", str(json_file)],
        ["history", str(json_file), "--back", "0"],
        ["history", str(tmp_path / "nergens.sif")],
    )
    for line in wrong:
        assert main(line) == 2, line
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
    assert path.read_bytes() == before


def test_a_draft_without_changes_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path / "a.sif")
    assert main(["history", str(path), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Nothing has been changed yet.\n"


def test_going_back_without_a_session_is_one_change(tmp_path: Path) -> None:
    path = made(tmp_path / "a.sif")
    act(path, "Bea", Set(at="partners/p1/name", value="A"))
    with Draft.open(path, author="An") as draft:
        assert go_back(draft, plan_back(draft, draft.proposal, 0), "An") == 1
        assert draft.history()[-1].author == "An"
    assert tree(path) == small()
