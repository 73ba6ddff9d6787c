"""The transfer sheet: every field is on it, and in a real browser copying works and ticks last."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CONTROL, Browser, browser, driver
from dossiers import example_proposal, the_call
from forms_of_tests import action, action_call, prize, prize_call

from sif_desktop.app import transfer_ticks
from sif_desktop.app.sources import Source
from sif_desktop.app.transfer import Entry, entries, mark_of
from sif_desktop.app.transfer_page import page, write_page
from sif_desktop.calls.call import Call, pattern
from sif_desktop.cli.main import main
from sif_desktop.errors import NotOursError
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model import canonical
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft

FORMS = [(example_proposal, the_call), (action, action_call), (prize, prize_call)]
EVIL = (
    "</pre><script>document.title='gekraakt'</script>"
    "<img src=http://example.org/x onerror=alert(1)>"
)


def sheet(proposal: Proposal, call: Call) -> str:
    words = call.words("nl")
    found = entries(proposal, call, words)
    return page(found, title=proposal.project.title, proposal_id=proposal.id, call="x", words=words)


@pytest.mark.parametrize(("make", "form"), FORMS, ids=["main", "action", "tiny"])
def test_every_filled_field_is_there_once_in_the_forms_order(make: object, form: object) -> None:
    proposal: Proposal = make()  # type: ignore[operator]
    call: Call = form()  # type: ignore[operator]
    found = list(entries(proposal, call, call.words("nl")))
    addresses = [one.address for one in found]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        assert value_at(proposal, address) not in ("", ())
        assert call.field_at(address) is not None
    titles = [call.words("nl").say(f"sections.{one.id}.title") for one in call.sections]
    places = [titles.index(one.section) for one in found]
    assert places == sorted(places)
    singles = [
        field.at
        for field in call.fields.values()
        if not field.list_at and value_at(proposal, field.at) not in ("", ())
    ]
    assert [one for one in addresses if one == pattern(one)] == singles
    lines = {one.split("/")[1] for one in addresses if one.startswith("budget/")}
    assert lines == {line.id for line in proposal.budget}


def test_values_are_as_a_web_form_takes_them() -> None:
    found = {
        one.address: one for one in entries(action(), action_call(), action_call().words("nl"))
    }
    assert found["budget/b1/subsidy"].text == "20000,00"
    assert found["budget/b1/period"].text == "Maand 1 tot 12"
    assert found["project/start"].text == "2014-01-01"
    assert found["answers/reach"].text == "600"
    assert found["answers/approach"].text == "Community-gedreven"
    assert found["budget/b1/partner"].text == "Buurtwerk"
    assert found["budget/b1/partner"].item == "Begroting, lijn 1"
    assert found["project/title"].longest == 150
    assert found["project/title"].length == len(action().project.title)
    assert found["answers/reach"].longest is None


def test_a_tick_belongs_to_the_text_that_was_copied() -> None:
    project = action().project.model_copy(update={"title": "Anders"})
    marks = [
        {
            one.address: one.mark
            for one in entries(proposal, action_call(), action_call().words("nl"))
        }
        for proposal in (action(), action(project=project.model_dump()))
    ]
    assert {at for at in marks[0] if marks[0][at] != marks[1][at]} == {"project/title"}


def test_lengths_over_the_limit_are_told_in_each_language() -> None:
    project = action().project.model_copy(update={"title": "x" * 155})
    proposal = action(project=project.model_dump())
    for language in LANGUAGES:
        words = action_call().words(language)
        found = list(entries(proposal, action_call(), words))
        assert next(one for one in found if one.address == "project/title").over == 5
        written = page(found, title="x", proposal_id="p", call="x", words=words)
        assert (
            html.escape(words.say("transfer.over_ours", count="155", most="150", excess=5))
            in written
        )


def test_no_text_of_a_proposal_becomes_markup() -> None:
    project = action().project.model_copy(update={"title": EVIL, "summary": EVIL})
    partner = action().partners[0].model_copy(update={"short_name": '"><script>1</script>'})
    written = sheet(
        action(project=project.model_dump(), partners=[partner.model_dump()]), action_call()
    )
    assert written.count("<script>") == 1 and "<img" not in written
    assert not re.search(r"(src|href)=", written.replace(html.escape(EVIL), ""))


def test_the_command_writes_one_page(tmp_path: Path) -> None:
    file, out = tmp_path / "proposal.json", tmp_path / "blad.html"
    file.write_bytes(canonical.to_json(action()))
    assert main(["transfer", str(file), str(out), "--lang", "en"]) == 0
    assert '<html lang="en">' in out.read_text(encoding="utf-8")
    assert main(["transfer", str(tmp_path / "niets.json"), str(out)]) == 2


# ------------------------------------------------------------------- ticks in the draft
@pytest.fixture
def draft(tmp_path: Path) -> Iterator[Draft]:
    """A draft of an action."""
    with Draft.create(tmp_path / "draft.sif", action(), author="test") as made:
        yield made


def fields(proposal: Proposal, ticks: dict[str, str], language: Language = "nl") -> list[Entry]:
    words = action_call().words(language)
    return transfer_ticks.to_transfer(proposal, action_call(), words, ticks)


def test_a_mark_is_the_same_in_each_language() -> None:
    marks = {tuple(one.mark for one in fields(action(), {}, language)) for language in LANGUAGES}
    assert len(marks) == 1
    texts = {tuple(one.text for one in fields(action(), {}, language)) for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES)


def test_ticks_are_kept_beside_the_proposal(draft: Draft) -> None:
    ticks = transfer_ticks.with_ticks({}, fields(action(), {})[:5])
    transfer_ticks.write(draft, ticks)
    assert transfer_ticks.read(draft) == ticks
    assert draft.seq == 0
    assert draft.proposal == action()
    some = fields(action(), {})[1:3]
    assert list(transfer_ticks.without_ticks(ticks, some)) == [*list(ticks)[:1], *list(ticks)[3:]]


def test_what_was_copied_and_is_gone_is_to_be_taken_out() -> None:
    ticks = transfer_ticks.with_ticks({}, fields(action(), {}))
    assert {transfer_ticks.state(one, ticks) for one in fields(action(), ticks)} == {"done"}
    proposal = action(partners=[], answers={"reach": 5})
    found = {one.address: one for one in fields(proposal, ticks)}
    assert set(found) == set(ticks)
    gone = [one for one in found.values() if not one.text]
    assert all(transfer_ticks.state(one, ticks) == "changed" for one in gone)
    assert [one.section for one in gone if one.address.startswith("partners/")] == [
        "Niet meer in het voorstel"
    ] * sum(at.startswith("partners/") for at in ticks)
    assert found["answers/engage"].section == found["answers/reach"].section
    settled = transfer_ticks.with_ticks(ticks, gone)
    assert {one.address for one in fields(proposal, settled)} == set(found) - {
        one.address for one in gone
    }


@pytest.mark.parametrize(
    "note",
    [
        "geen json",
        "[]",
        '{"ticks": []}',
        '{"format": 2, "ticks": {}}',
        '{"ticks": {"project/title": 5}}',
        '{"ticks": {"project/title": "x"}}',
        '{"ticks": {"../../etc": "0123456789abcdef"}}',
        '{"ticks": {"%s": "0123456789abcdef"}}' % ("a" * 201),
        '{"ticks": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"ticks": {}}' + " " * transfer_ticks.LARGEST,
    ],
    ids=lambda text: text[:24],
)
def test_a_note_of_a_stranger_is_refused_and_the_page_is_written(
    draft: Draft, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.put_note(transfer_ticks.NOTE, note)
    with pytest.raises(NotOursError) as refused:
        transfer_ticks.read(draft)
    assert refused.value.key == "ticks_damaged"
    draft.close()
    out = draft.path.with_suffix(".html")
    assert main(["transfer", str(draft.path), str(out)]) == 0
    assert "data-then=" not in out.read_text(encoding="utf-8")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_addresses_that_no_form_asks_for_are_passed_over(draft: Draft) -> None:
    ticks = dict.fromkeys(
        (
            "project",
            "project/nothing",
            "partners/x",
            "x/y/z",
            "answers/unknown",
        ),
        "0123456789abcdef",
    )
    transfer_ticks.write(draft, ticks)
    assert len(fields(action(), transfer_ticks.read(draft))) == len(fields(action(), {}))


def test_more_ticks_than_a_note_holds_forget_the_oldest(draft: Draft) -> None:
    ticks = {f"budget/{place:0100}/partner": "0123456789abcdef" for place in range(30_000)}
    transfer_ticks.write(draft, ticks)
    kept = transfer_ticks.read(draft)
    assert 20_000 < len(kept) < 30_000
    assert list(kept) == list(ticks)[-len(kept) :]


def test_the_command_begins_with_the_ticks_of_the_draft(draft: Draft) -> None:
    (title, *_) = fields(action(), {})
    transfer_ticks.write(draft, transfer_ticks.with_ticks({}, [title]))
    draft.close()
    out = draft.path.with_suffix(".html")
    assert main(["transfer", str(draft.path), str(out)]) == 0
    assert out.read_text(encoding="utf-8").count(f'data-then="{title.mark}"') == 1


# ------------------------------------------------------------------- in a real browser
@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with driver() as given:
        yield given


def card(address: str) -> str:
    return f'.entry[data-at="{address}"]'


def copy(page_: Browser, address: str) -> None:
    """Clicks a copy button, and waits for the tick that the page sets once copying has ended.

    A browser copies when it gets to it; the driver waits for the promise, up to its own limit.
    """
    page_.click(f"{card(address)} button")
    page_.run(
        "const tick = document.querySelector(arguments[0]);"
        "return new Promise((done) => {"
        "  const look = () => tick.checked ? done() : setTimeout(look, 5);"
        "  look();"
        "});",
        f"{card(address)} input",
    )


def open_with_storage(page_: Browser, file: Path) -> None:
    """Opens a page that kept something before.

    In the first moments after its start Chromium now and then gives a page an empty storage; a
    person would open it once more. What was never kept is not there however often one does.
    """
    for _ in range(20):
        page_.open(file)
        if page_.run("return localStorage.length"):
            return


def ticks(page_: Browser) -> list[str]:
    """The addresses of the fields that are ticked, sorted."""
    found: list[str] = page_.run(
        "return [...document.querySelectorAll('.entry input')].filter(i => i.checked)"
        ".map(i => i.closest('.entry').dataset.at)"
    )
    return sorted(found)


def pasted(page_: Browser) -> str:
    """What the clipboard holds, pasted by keyboard as a person does."""
    page_.run(
        "const a = document.createElement('textarea'); a.id = 'paste';"
        "document.querySelector('header').prepend(a);"
    )
    page_.type("#paste", CONTROL + "v")
    text: str = page_.run(
        "const a = document.getElementById('paste'); const v = a.value; a.remove(); return v;"
    )
    return text


def written(folder: Path, proposal: Proposal, ticks: dict[str, str] | None = None) -> Path:
    out = folder / "blad.html"
    write_page(Source("json", folder / "x", proposal, action_call()), out, "nl", ticks)
    return out


def changed(page_: Browser) -> list[str]:
    """The addresses of the fields of which is told that they are others by now."""
    found: list[str] = page_.run(
        "return [...document.querySelectorAll('.entry')]"
        ".filter(one => one.querySelector('.changed').checkVisibility())"
        ".map(one => one.dataset.at)"
    )
    return sorted(found)


def test_copying_works_ticks_last_and_nothing_is_asked_of_a_network(
    tmp_path: Path, port: int
) -> None:
    text = f"\nEerste regel {EVIL}\n\n  – met \"tekens\" & 'haken' 😀\teinde "
    project = action().project.model_copy(update={"summary": text})
    proposal = action(project=project.model_dump())
    file, profile = written(tmp_path, proposal), tmp_path / "profile"
    with browser(port, profile) as page_:
        page_.open(file)
        assert "gekraakt" not in page_.run("return document.title")
        assert (
            page_.run("return document.querySelectorAll('.entry img, .entry script').length") == 0
        )
        copy(page_, "project/summary")
        assert page_.run("return document.getElementById('told').textContent") == "Gekopieerd."
        assert pasted(page_) == text
        copy(page_, "answers/reach")
        assert pasted(page_) == "600"
        page_.click(f"{card('project/title')} input")
        assert page_.run("return document.getElementById('done').textContent") == "3"
        page_.click("#left")
        hidden = (
            f"return getComputedStyle(document.querySelector('{card('project/title')}')).display"
        )
        assert page_.run(hidden) == "none"
        assert set(page_.requests()) == {file.as_uri()}
        assert [one for one in page_.log("browser") if one["level"] == "SEVERE"] == []
    # The browser is started again, and the title was changed meanwhile.
    other = proposal.project.model_copy(update={"title": "Een andere titel"})
    file = written(tmp_path, proposal.model_copy(update={"project": other}))
    with browser(port, profile) as page_:
        open_with_storage(page_, file)
        assert ticks(page_) == ["answers/reach", "project/summary"]
        assert changed(page_) == ["project/title"]
        page_.click(f"{card('answers/reach')} input")
        assert page_.run("return document.getElementById('done').textContent") == "1"
    # A tick that was taken away stays away. The browser starts once more for it: a page that is
    # read again within moments of the start is now and then given an empty storage by Chromium.
    # The draft brings ticks of its own by now: of the title as it is, and of what was another.
    copied = {one.address: one.mark for one in fields(proposal, {})}
    given = {at: copied[at] for at in ("answers/reach", "answers/engage", "project/acronym")}
    given |= {"project/title": mark_of("Een andere titel"), "project/acronym": mark_of("OUD")}
    file = written(tmp_path, proposal.model_copy(update={"project": other}), given)
    with browser(port, profile) as page_:
        open_with_storage(page_, file)
        assert ticks(page_) == ["answers/engage", "project/summary", "project/title"]
        assert changed(page_) == ["project/acronym"]
