"""The session: what is typed is kept, undo is exact, a failing disk loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sif_desktop.app.importing import empty
from sif_desktop.app.session import LONGEST_ACT, PAUSE, Session
from sif_desktop.app.sources import call_of
from sif_desktop.calls.folder import find
from sif_desktop.errors import FileError
from sif_desktop.model.edit import Add, Change, Drop, Set
from sif_desktop.store.draft import Draft

CALL = find("oproep-sociale-innovatie")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    draft = Draft.create(tmp_path / "a.sif", empty(CALL, "nl"), author="An")
    with Session(draft, call_of(draft.proposal), author="An", now=clock) as opened:
        yield opened


def on_disk(session: Session) -> Draft:
    """The draft as another program finds it on the disk."""
    return Draft.open(session.draft.path, read_only=True)


def test_another_field_is_never_told_with_its_value_of_before(session: Session) -> None:
    seen: list[str] = []
    session.type("project/title", "Zorg")
    session.subscribe(lambda: seen.append(session.proposal.project.acronym))
    session.type("project/acronym", "Z")
    session.type("project/acronym", "ZC")
    session.settle()
    assert seen == ["Z", "ZC", "ZC"]
    assert [change.subject for change in session._undo] == ["", ""]


def test_keys_are_one_act_and_written_after_a_pause(session: Session, clock: Clock) -> None:
    for length in range(1, 6):
        session.type("project/title", "Titel"[:length])
        clock.seconds += 0.1
        session.tick()
    assert session.proposal.project.title == "Titel"
    with on_disk(session) as draft:
        assert draft.proposal.project.title == ""
    clock.seconds += PAUSE
    session.tick()
    with on_disk(session) as draft:
        assert draft.proposal.project.title == "Titel"
        assert len(draft.history()) == 1


def test_typing_without_a_pause_is_written_all_the_same(session: Session, clock: Clock) -> None:
    text = ""
    while clock.seconds <= LONGEST_ACT:
        text += "x"
        session.type("project/summary", text)
        session.tick()
        clock.seconds += PAUSE / 2
    session.tick()
    with on_disk(session) as draft:
        assert len(draft.proposal.project.summary) >= len(text) - 1


def test_the_pause_is_within_the_promised_second() -> None:
    assert PAUSE <= 1.0


def test_another_field_ends_the_act(session: Session) -> None:
    session.type("project/title", "a")
    session.type("project/acronym", "b")
    assert len(session.draft.history()) == 1
    session.undo()
    session.undo()
    assert session.proposal == empty(CALL, "nl").model_copy(update={"id": session.proposal.id})


def test_undo_and_redo_are_named_and_kept_in_history(session: Session) -> None:
    session.do([Set(at="project/title", value="T")], label="edit", subject="Titel")
    assert session.undo_next == ("edit", "Titel")
    session.undo()
    assert session.proposal.project.title == ""
    assert session.redo_next == ("edit", "Titel")
    session.redo()
    assert session.proposal.project.title == "T"
    assert [change.label for change in session.draft.history()] == ["edit", "undo", "redo"]


def test_a_new_act_forgets_what_could_be_done_again(session: Session) -> None:
    session.do([Set(at="project/title", value="T")])
    session.undo()
    session.type("project/title", "U")
    assert session.redo_next is None


def test_closing_writes_what_was_typed(session: Session) -> None:
    session.type("project/title", "Nog net")
    session.close()
    with on_disk(session) as draft:
        assert draft.proposal.project.title == "Nog net"


def test_a_wrong_value_is_kept_as_it_was_typed(session: Session) -> None:
    session.type("project/duration", "ongeveer een jaar")
    session.settle()
    with on_disk(session) as draft:
        assert draft.proposal.project.duration == "ongeveer een jaar"
    assert session.findings.by_address["project/duration"]


def test_a_disk_that_refuses_loses_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = session.draft.commit

    def refuse(change: Change) -> None:
        raise FileError("disk_full", file="a.sif")

    monkeypatch.setattr(session.draft, "commit", refuse)
    session.do([Set(at="project/title", value="een")])
    session.do([Set(at="project/acronym", value="twee")])
    assert session.trouble is not None
    assert session.proposal.project.title == "een"
    session.save_elsewhere(tmp_path / "elders.sif")
    with Draft.open(tmp_path / "elders.sif", read_only=True) as copy:
        assert copy.proposal == session.proposal
    monkeypatch.setattr(session.draft, "commit", commit)
    session.tick()
    assert session.trouble is None
    assert not session.waiting
    with on_disk(session) as draft:
        assert draft.proposal == session.proposal


def test_listeners_hear_of_every_change_until_they_leave(session: Session) -> None:
    heard: list[str] = []
    leave = session.subscribe(lambda: heard.append(session.proposal.project.title))
    session.type("project/title", "a")
    leave()
    session.type("project/title", "ab")
    assert heard == ["a"]


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("type"),
            st.sampled_from(["project/title", "project/need", "answers/vision_future"]),
            st.text(max_size=8),
        ),
        st.tuples(st.just("add"), st.sampled_from("abcdef"), st.just("")),
        st.tuples(st.just("drop"), st.sampled_from("abcdef"), st.just("")),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just("")),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_whatever_is_done_the_disk_holds_it_and_undo_takes_it_back(
    acts: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("drafts") / "a.sif"
    first = empty(CALL, "nl")
    with Session(Draft.create(path, first, author="An"), CALL, author="An") as session:
        for act, what, text in acts:
            here = {partner.id for partner in session.proposal.partners}
            if act == "type":
                session.type(what, text)
            elif act == "add" and what not in here:
                session.do([Add(at="partners", item={"id": what})])
            elif act == "drop" and what in here:
                session.do([Drop(at=f"partners/{what}")])
            elif act == "undo":
                session.undo()
            elif act == "redo":
                session.redo()
        session.settle()
        last = session.proposal
        with Draft.open(path, read_only=True) as draft:
            assert draft.proposal == last
        while session.undo_next:
            session.undo()
        assert session.proposal == first
