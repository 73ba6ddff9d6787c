"""Working together in the window: a packet, what its partner can do in it, a merge, a sign-off."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from cut import cut_off
from dossiers import big_proposal, empty_proposal, example_proposal
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import jumps, unnamed

from sif_desktop.app import signoffs
from sif_desktop.app.demo import example_draft
from sif_desktop.app.packets import packet_of, send
from sif_desktop.language import LANGUAGES, Words
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Edit, Set, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.team.page import TeamPage

Opened = Callable[..., MainWindow]
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
VISION = "answers/vision_future"


def act(file: Path, author: str, *edits: Edit) -> None:
    """One act of somebody in a file that is not open."""
    with Draft.open(file, author=author) as draft:
        draft.commit(make_change(draft.proposal, edits, author=author)[1])


def settled(qtbot: QtBot, page: TeamPage) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def team(qtbot: QtBot, window: MainWindow) -> TeamPage:
    """The page, with all looked up."""
    qtbot.mouseClick(window.workspace.sides["team"], LEFT)
    page = window.workspace.page
    assert isinstance(page, TeamPage)
    settled(qtbot, page)
    return page


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


@pytest.fixture
def home_window(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The coordinator's window, with the example dossier."""
    example_draft(tmp_path / "home.sif")
    window.open_path(tmp_path / "home.sif")
    return window


@pytest.fixture
def packet(home_window: MainWindow, tmp_path: Path) -> Path:
    """A packet of the second partner, made while the draft is open."""
    from sif_desktop.app.packets import send_from

    file = tmp_path / "packet.sif"
    session = home_window.desk.session
    send_from(session, session.proposal.partners[1].id, file, [VISION])
    return file


def partner_of(window: MainWindow) -> str:
    return window.desk.proposal.partners[1].id


def line_of(window: MainWindow, partner: str) -> str:
    return next(f"budget/{one.id}" for one in window.desk.proposal.budget if one.partner == partner)


def bring(qtbot: QtBot, page: TeamPage, paths: Iterable[Path]) -> None:
    """Drops files on the page, and waits until they were looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, keys = QPointF(page.rect().center()), Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, LEFT, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropped = QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, keys)
    QApplication.sendEvent(page, dropped)
    settled(qtbot, page)


# -- packets --------------------------------------------------------------------------------


def test_a_coordinator_makes_a_packet_by_clicking(
    qtbot: QtBot, home_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, partner = team(qtbot, home_window), partner_of(home_window)
    asked: list[str] = []
    out = tmp_path / "voor-de-partner"

    def ask(_: object, title: str, at: str, *__: object, **___: object) -> tuple[str, str]:
        asked.append(at)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    row = page.members.rows[partner]
    assert row.sent.text.text() == "Nog geen pakket gemaakt"
    click(qtbot, row.packet)
    assert page.heading.text() == "Een pakket voor Demerzicht"
    assert "11 begrotingslijnen" in page.packet.own.text()
    tree, items = page.packet.tree, page.packet.items
    assert tree.hasFocus()
    # By keys alone: open the section of the vision, and tick its first text.
    vision = next(at for at in range(items.rowCount()) if items.item(at).text() == "Toekomstvisie")
    tree.setCurrentIndex(items.index(vision, 0))
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Space):
        qtbot.keyClick(tree, key)
    assert page.packet.assigned == (VISION,)
    assert page.packet.counter.text() == "Aangekruist: 1"
    assert items.item(vision).checkState() == Qt.CheckState.PartiallyChecked
    click(qtbot, page.packet.save)
    settled(qtbot, page)
    assert asked[0].endswith("dakdelers-demerzicht.sif") or "Demerzicht" in asked[0]
    made = out.with_suffix(".sif")
    with Draft.open(made, read_only=True) as draft:
        note = packet_of(draft)
    assert note
    assert (note.partner, note.assigned) == (partner, (VISION,))
    assert page.view is page
    assert str(made) in page.notices.texts[0]
    assert row.sent.text.text().startswith("Pakket gemaakt op ")
    # The next one is ticked as the last was; what is on the disk is never written over.
    click(qtbot, row.packet)
    assert page.packet.assigned == (VISION,)
    click(qtbot, page.packet.save)
    settled(qtbot, page)
    assert page.view is page.packet
    assert "bestaat al" in page.packet.notices.texts[0]
    click(qtbot, page.packet.cancel)
    assert page.view is page


def test_a_section_ticks_all_that_is_in_it(qtbot: QtBot, home_window: MainWindow) -> None:
    page = team(qtbot, home_window)
    click(qtbot, page.members.rows[partner_of(home_window)].packet)
    items = page.packet.items
    head = items.item(0)
    page.packet.tree.setCurrentIndex(items.index(0, 0))
    qtbot.keyClick(page.packet.tree, KEY.Key_Return)
    assert len(page.packet.assigned) == head.rowCount()
    qtbot.keyClick(page.packet.tree, KEY.Key_Space)
    assert page.packet.assigned == ()
    home_window.speech.use_language("fr")
    assert page.packet.save.text() == "Enregistrer le paquet…"
    assert items.item(0).text() != head.data()
    home_window.speech.use_language("nl")


# -- in a packet ----------------------------------------------------------------------------


def test_in_a_packet_only_the_own_parts_can_be_changed(
    qtbot: QtBot, home_window: MainWindow, packet: Path
) -> None:
    window, partner = home_window, partner_of(home_window)
    window.open_path(packet)
    workspace, desk = window.workspace, window.desk
    assert workspace.packet.isVisible()
    assert "het pakket van Demerzicht" in workspace.packet.text.text()
    page = workspace.page
    title = page.rows["project/title"]
    before = desk.proposal
    line = title.editor.line
    assert line.isReadOnly()
    assert line.isEnabled()
    line.setFocus()
    qtbot.keyClicks(line, "x")
    assert desk.proposal is before
    assert "alleen lezen" in title.label.text()
    assert "alleen lezen" in line.accessibleDescription()
    # A choice is reached by Tab and read, and stays as it is.
    theme = page.rows["project/theme"].editor
    assert any(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in theme.inputs)
    for widget in theme.inputs:
        assert widget.isEnabled()
        qtbot.mouseClick(widget, LEFT)
        qtbot.keyClick(widget, KEY.Key_Down)
        qtbot.keyClick(widget, KEY.Key_Space)
    assert desk.proposal is before
    click(qtbot, workspace.packet.button)
    assert workspace.step.id == "team"
    # Its own entry, and a text that was assigned to it.
    workspace.jump(f"partners/{partner}/contact_phone")
    row = workspace.page.rows[f"partners/{partner}/contact_phone"]
    row.editor.line.selectAll()
    qtbot.keyClicks(row.editor.line, "+32 9")
    assert value_at(desk.proposal, f"partners/{partner}/contact_phone") == "+32 9"
    assert workspace.page.add.isHidden()
    assert all(tool.isHidden() for tool in workspace.page.detail.tools.values())
    other = desk.proposal.partners[0].id
    workspace.jump(f"partners/{other}/name")
    assert workspace.page.rows[f"partners/{other}/name"].editor.line.isReadOnly()
    qtbot.keyClick(workspace.page.view, KEY.Key_Delete)
    assert len(desk.proposal.partners) == len(before.partners)
    workspace.jump(VISION)
    assert not workspace.page.rows[VISION].editor.text.isReadOnly()
    qtbot.keyClicks(workspace.page.rows[VISION].editor.text, "Nieuw. ")
    assert "Nieuw. " in value_at(desk.proposal, VISION)


def test_what_may_not_be_done_is_told(home_window: MainWindow, packet: Path) -> None:
    window = home_window
    window.open_path(packet)
    before = window.desk.proposal
    window.menus.acts["dossier_language:fr"].trigger()
    assert window.desk.proposal is before
    assert window.workspace.refused.isVisible()
    window.workspace.go("budget")
    assert not window.workspace.refused.isVisible()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_budget_of_a_packet(qtbot: QtBot, home_window: MainWindow, packet: Path) -> None:
    window, partner = home_window, partner_of(home_window)
    window.open_path(packet)
    window.workspace.go("budget")
    page, desk = window.workspace.page, window.desk
    grid, model = page.grid, page.model
    description = model.column_at("description")
    own = model.row_of(line_of(window, partner).partition("/")[2])
    others = next(row for row, line in enumerate(model.lines) if line.partner != partner)
    before = desk.proposal
    grid.show_cell(others, description)
    qtbot.keyClicks(grid, "x")
    for keys in (QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste):
        qtbot.keySequence(grid, QKeySequence(keys))
    qtbot.keyClick(grid, KEY.Key_Delete)
    qtbot.keyClick(grid, KEY.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.proposal is before
    assert "van een andere partner" in page.banner.text.text()
    assert "alleen lezen" in model.index(others, description).data(
        Qt.ItemDataRole.AccessibleDescriptionRole
    )
    grid.show_cell(own, model.column_at("partner"))
    qtbot.keyClick(grid, KEY.Key_F2)
    assert grid.delegate.editor is None
    grid.show_cell(own, description)
    qtbot.keyClicks(grid, "L")
    qtbot.keyClicks(grid.delegate.editor, "oon")
    qtbot.keyClick(grid.delegate.editor, KEY.Key_Return)
    assert model.lines[own].description == "Loon"
    click(qtbot, page.tools.add)
    assert [line.partner for line in desk.proposal.budget].count(partner) == 12
    new = next(line for line in desk.proposal.budget if not line.description)
    assert new.partner == partner
    # Lines that are pasted are its own too, unless they say that they are another's.
    grid.show_cell(model.rowCount() - 1, model.column_at("category"))
    heads = "\t".join(model.label(column) for column in model.columns[:2])
    QApplication.clipboard().setText("\n".join([heads, *["\tPersoneel"] * 70]))
    count = len(desk.proposal.budget)
    grid.show_cell(own, 0)
    qtbot.keySequence(grid, QKeySequence(QKeySequence.StandardKey.Paste))
    assert len(desk.proposal.budget) == count  # others' lines are among the seventy


def test_parts_of_the_work_plan_in_a_packet(
    qtbot: QtBot, home_window: MainWindow, packet: Path
) -> None:
    window, partner = home_window, partner_of(home_window)
    window.open_path(packet)
    window.workspace.go("work_plan")
    page, desk = window.workspace.page, window.desk
    packages = desk.proposal.work_packages
    led = next(one for one in packages if one.lead == partner)
    other = next(one for one in packages if one.lead != partner)
    page.focus_on(f"work_packages/{led.id}/title")
    assert not page.rows[f"work_packages/{led.id}/title"].editor.line.isReadOnly()
    assert page.rows[f"work_packages/{led.id}/lead"].editor.read_only
    cards = next(one for one in page.detail.lists if one.name == "deliverables")
    click(qtbot, cards.add)
    added = next(one for one in desk.proposal.work_packages if one.id == led.id).deliverables[-1]
    assert added.partner == partner
    page.focus_on(f"work_packages/{other.id}/title")
    assert page.rows[f"work_packages/{other.id}/title"].editor.line.isReadOnly()
    window.workspace.go("attachments")
    assert window.workspace.page.files.zone.isHidden()
    window.workspace.go("effects")
    assert all(cards.add.isHidden() for cards in window.workspace.page.lists)


def test_what_is_its_own_follows_from_whose_row_it_is(opened: Opened, tmp_path: Path) -> None:
    """A row that is taken back to its partner by undo can be changed again."""
    proposal = example_proposal()
    partner = proposal.partners[1].id
    led = next(one for one in proposal.work_packages if one.lead == partner)
    window = opened(proposal)
    window.close_draft()
    send(tmp_path / "draft.sif", partner, tmp_path / "p.sif", "An")
    window.open_path(tmp_path / "p.sif")
    at = f"work_packages/{led.id}/activities/{led.activities[0].id}"
    window.workspace.jump(f"{at}/title")
    row = window.workspace.page.rows[f"{at}/title"]
    assert not row.editor.read_only
    desk = window.desk
    desk.session.do([Set(at=f"{at}/partner", value=proposal.partners[0].id)])
    assert row.editor.line.isReadOnly()
    window.undo()
    assert not row.editor.line.isReadOnly()


def test_the_page_of_a_packet_leads_to_what_is_to_be_filled_in(
    qtbot: QtBot, home_window: MainWindow, packet: Path
) -> None:
    window, partner = home_window, partner_of(home_window)
    window.open_path(packet)
    page = team(qtbot, window)
    assert page.zone.isHidden()
    assert page.members.isHidden()
    texts = [link.text() for link in page.own.parts.links]
    assert "Eigen gegevens" in texts
    assert "De toekomst die u voor ogen hebt" in texts
    assert not unnamed(page)
    click(qtbot, page.own.parts.links[texts.index("De toekomst die u voor ogen hebt")])
    assert window.workspace.step.id == "vision"
    page = team(qtbot, window)
    click(qtbot, page.own.sign)
    page.sign.by.setText("Bo Peeters")
    qtbot.keyClick(page.sign.by, KEY.Key_Return)
    settled(qtbot, page)
    assert page.own.signed.text.text().startswith("Afgetekend door Bo Peeters op ")
    with Draft.open(packet, read_only=True) as draft:
        assert [one.partner for one in signoffs.read(draft)] == [partner]


def test_a_packet_whose_note_is_damaged_can_only_be_read(
    home_window: MainWindow, packet: Path
) -> None:
    with Draft.open(packet, author="x") as draft:
        draft.put_note("packet", "{}")
    home_window.open_path(packet)
    assert home_window.desk.read_only
    assert "onleesbaar" in home_window.workspace.packet.text.text()
    assert home_window.workspace.page.rows["project/title"].editor.line.isReadOnly()


# -- merging --------------------------------------------------------------------------------


@pytest.fixture
def clash(home_window: MainWindow, packet: Path) -> Path:
    """A packet that comes back with two clashes, one thing that is not its own, and some news."""
    partner = partner_of(home_window)
    line, desk = line_of(home_window, partner), home_window.desk
    text = value_at(desk.proposal, VISION)
    act(
        packet,
        "Bo Peeters",
        Set(at=VISION, value=text.replace("stad", "dorp", 1)),
        Set(at=f"{line}/subsidy", value=1_450_000),
        Set(at="project/acronym", value="ANDERS"),
        Set(at=f"partners/{partner}/contact_phone", value="+32 9"),
        Add(at="budget", item={"id": "nieuw", "partner": partner, "subsidy": 1_000}),
    )
    desk.do(
        Set(at=VISION, value=text.replace("stad", "gemeente", 1)),
        Set(at=f"{line}/subsidy", value=1_300_000),
    )
    return packet


def test_a_merge_with_clashes_is_decided_carried_out_and_undone(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    window, partner = home_window, partner_of(home_window)
    desk, before = window.desk, home_window.desk.proposal
    line = line_of(window, partner)
    page = team(qtbot, window)
    bring(qtbot, page, [clash])
    merge = page.merge
    assert page.view is merge
    assert desk.proposal is before
    assert page.heading.text() == "Samenvoegen: Demerzicht"
    assert merge.counter.text() == "0 van 3 gekozen"
    assert merge.tabs.tabText(1) == "Wordt overgenomen (2)"
    taken = merge.taken.toPlainText()
    assert "telefoon van de contactpersoon" in taken
    assert "toegevoegd" in taken
    assert merge.list.hasFocus()
    assert not unnamed(page)
    # The acronym was not the partner's to change: the keys answer it.
    assert merge.card.place.text() == "Korte naam"
    assert "hoort niet bij haar eigen delen" in merge.card.question.text()
    qtbot.keyClick(merge.list, KEY.Key_2)
    assert merge.card.theirs.pick.isChecked()
    assert merge.counter.text() == "1 van 3 gekozen"
    click(qtbot, merge.card.next)
    assert merge.card.mine.text.toPlainText() == "13.000,00 euro"
    assert merge.card.theirs.text.toPlainText() == "14.500,00 euro"
    assert "Bo Peeters" in merge.card.theirs.by.text()
    qtbot.mouseClick(merge.card.theirs.pick, LEFT)
    click(qtbot, merge.card.next)
    # The words that differ are marked in the text.
    assert "gemeente" in merge.card.mine.text.toPlainText()
    assert "dorp" in merge.card.theirs.text.toPlainText()
    assert "[-gemeente -]{+dorp +}" in merge.card.theirs.text.accessibleDescription()
    cursor = merge.card.theirs.text.document().find("dorp")
    assert cursor.charFormat().fontUnderline()
    assert not merge.card.theirs.text.document().find("We denken").charFormat().fontUnderline()
    qtbot.mouseClick(merge.card.mine.pick, LEFT)
    assert merge.counter.text() == "3 van 3 gekozen"
    assert merge.later_note.isHidden()
    click(qtbot, merge.merge)
    settled(qtbot, page)
    assert page.view is page.done
    after = desk.proposal
    assert after.project.acronym == "ANDERS"
    assert value_at(after, f"{line}/subsidy") == 1_450_000
    assert value_at(after, VISION) == value_at(before, VISION)
    assert value_at(after, f"partners/{partner}/contact_phone") == "+32 9"
    said = page.done.summary.text.text()
    assert "Aantal wijzigingen in het voorstel: 4." in said
    assert "hield u er 1" in said
    assert window.menus.acts["undo"].text().endswith("Demerzicht samenvoegen")
    click(qtbot, page.done.undo)
    assert desk.proposal == before
    assert "ongedaan gemaakt" in page.done.summary.text.text()
    window.redo()
    assert desk.proposal == after
    click(qtbot, page.done.back)
    settled(qtbot, page)
    sent = page.members.rows[partner].sent.text.text()
    assert sent.startswith("Teruggekomen en samengevoegd op ")


def test_leaving_a_merge_changes_nothing_and_what_is_left_open_comes_again(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    desk, before = home_window.desk, home_window.desk.proposal
    seq = desk.session.draft.seq
    page = team(qtbot, home_window)
    bring(qtbot, page, [clash])
    click(qtbot, page.merge.cancel)
    settled(qtbot, page)
    assert page.view is page
    assert desk.proposal is before
    assert desk.session.draft.seq == seq
    bring(qtbot, page, [clash])
    qtbot.keyClick(page.merge.list, KEY.Key_1)
    click(qtbot, page.merge.merge)
    settled(qtbot, page)
    assert "Nog open: 2." in page.done.summary.text.text()
    click(qtbot, page.done.back)
    settled(qtbot, page)
    assert "keuzes open" in page.members.rows[partner_of(home_window)].sent.text.text()
    bring(qtbot, page, [clash])
    assert page.merge.counter.text() == "0 van 2 gekozen"
    assert "Eerder koos u al 1 keer" in page.merge.about.text()
    assert page.merge.deciding.taken == []
    click(qtbot, page.merge.rest["theirs"])
    assert page.merge.counter.text() == "2 van 2 gekozen"
    assert page.merge.merge.hasFocus()
    click(qtbot, page.merge.merge)
    settled(qtbot, page)
    click(qtbot, page.done.back)
    settled(qtbot, page)
    bring(qtbot, page, [clash])
    assert "niets dat hier nog niet staat" in page.merge.about.text()


def test_a_draft_that_was_changed_meanwhile_is_looked_at_anew(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    desk = home_window.desk
    page = team(qtbot, home_window)
    bring(qtbot, page, [clash])
    qtbot.keyClick(page.merge.list, KEY.Key_2)
    home_window.workspace.go("project")
    row = home_window.workspace.page.rows["project/title"]
    row.editor.line.setText("Iets anders")
    partner = partner_of(home_window)
    desk.do(Set(at=f"{line_of(home_window, partner)}/subsidy", value=1_200_000))
    page = team(qtbot, home_window)
    assert page.view is page.merge
    assert "opnieuw vergeleken" in page.merge.notices.texts[0]
    assert page.merge.counter.text() == "1 van 3 gekozen"
    assert page.merge.deciding.plan.merge.mine is desk.proposal
    click(qtbot, page.merge.merge)
    settled(qtbot, page)
    assert desk.proposal.project.title == "Iets anders"
    assert desk.proposal.project.acronym == "ANDERS"


def test_undo_beneath_a_merge_that_is_shown(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    page = team(qtbot, home_window)
    bring(qtbot, page, [clash])
    home_window.undo()
    settled(qtbot, page)
    # With the coordinator's own changes taken back, nothing clashes any more.
    assert page.merge.counter.text() == "0 van 1 gekozen"
    assert page.merge.card.place.text() == "Korte naam"


def test_files_that_do_not_belong_here_are_refused_in_plain_words(
    qtbot: QtBot, home_window: MainWindow, packet: Path, tmp_path: Path
) -> None:
    desk = home_window.desk
    page, before = team(qtbot, home_window), desk.proposal
    other, torn = tmp_path / "ander.sif", tmp_path / "stuk.sif"
    Draft.create(other, empty_proposal(), author="x").close()
    torn.write_bytes(packet.read_bytes()[:3000])
    text = tmp_path / "tekst.txt"
    text.write_text("iets")
    odd = tmp_path / "raar.sif"
    odd.write_bytes(packet.read_bytes())
    with Draft.open(odd, author="x") as draft:
        draft.put_note("packet", '{"format": 2}')
    for file, said in (
        (other, "hoort bij een ander voorstel"),
        (torn, "stuk.sif"),
        (text, "geen concept of pakket"),
        (odd, "nieuwere"),
        (tmp_path / "weg.sif", "bestaat niet"),
        (desk.session.draft.path, "dat nu openstaat"),
    ):
        bring(qtbot, page, [file])
        assert page.view is page
        (sentence,) = page.notices.texts
        assert said in sentence
        assert "{" not in sentence
    bring(qtbot, page, [packet, other])
    assert "een voor een" in page.notices.texts[0]
    assert desk.proposal is before
    assert page.zone.choose.hasFocus()


def test_a_packet_of_a_state_that_is_gone_is_refused(
    qtbot: QtBot, home_window: MainWindow, tmp_path: Path
) -> None:
    copy = tmp_path / "kopie.sif"
    session = home_window.desk.session
    session.save_elsewhere(copy)
    act(copy, "An", Set(at="project/title", value="Elders"))
    send(copy, partner_of(home_window), tmp_path / "p.sif", "An")
    page = team(qtbot, home_window)
    bring(qtbot, page, [tmp_path / "p.sif"])
    assert "niet meer in de geschiedenis" in page.notices.texts[0]


def test_of_a_partner_that_was_removed_all_is_asked(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    partner = partner_of(home_window)
    home_window.desk.do(Drop(at=f"partners/{partner}"))
    page = team(qtbot, home_window)
    assert "niet meer in het voorstel" in page.members.rows[partner].name.text()
    assert page.members.rows[partner].packet.isHidden()
    bring(qtbot, page, [clash])
    assert "niet meer in het voorstel" in page.merge.about.text()
    assert page.merge.deciding.taken == []
    assert page.merge.model.rowCount() > 3


def test_a_file_is_chosen_with_a_button(
    qtbot: QtBot, home_window: MainWindow, clash: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = team(qtbot, home_window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(qtbot, page.zone.choose)
    assert page.view is page
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(clash), ""))
    page.zone.choose.setFocus()
    qtbot.keyClick(page.zone.choose, KEY.Key_Space)
    settled(qtbot, page)
    assert page.view is page.merge
    for language in ("fr", "en", "nl"):
        home_window.speech.use_language(language)
        assert not [one for one in (page.heading, page.lead) if "{" in one.text()]
        assert not unnamed(page)
    home_window.close_draft()


def test_a_hundred_choices_stay_quick(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Going from one choice to the next costs no more than when there are three."""
    proposal: Proposal = big_proposal()
    home, packet = tmp_path / "groot.sif", tmp_path / "p.sif"
    Draft.create(home, proposal, author="An").close()
    partner = proposal.partners[3].id
    texts = [f"answers/{key}" for key, one in proposal.answers.items() if isinstance(one, str)]
    send(home, partner, packet, "An", texts)
    lines = [f"budget/{one.id}/subsidy" for one in proposal.budget][:100]
    act(packet, "Bo", *(Set(at=at, value=at.count("1") + 7) for at in lines))
    act(packet, "Bo", *(Set(at=at, value=value_at(proposal, at) + " Slot.") for at in texts))
    act(home, "An", *(Set(at=at, value=value_at(proposal, at) + " Einde.") for at in texts))
    window.open_path(home)
    page = team(qtbot, window)
    bring(qtbot, page, [packet])
    merge = page.merge
    count = merge.model.rowCount()
    assert count >= 100
    assert len(merge.findChildren(type(merge.card))) == 1
    began = time.perf_counter()
    for _ in range(20):
        qtbot.keyClick(merge.list, KEY.Key_2)
        qtbot.keyClick(merge.list, KEY.Key_Down)
    each = (time.perf_counter() - began) / 20
    planning = time.perf_counter()
    window.desk.check_now()
    merge.show_merge(merge.deciding)
    whole = time.perf_counter() - planning
    assert merge.deciding.made == 20
    assert each < max(whole, 0.05)
    click(qtbot, merge.rest["mine"])
    assert merge.deciding.made == count
    click(qtbot, merge.merge)
    settled(qtbot, page)
    assert page.view is page.done


# -- sign-off -------------------------------------------------------------------------------


def test_a_sign_off_is_shown_and_voided_by_a_change_of_just_those_parts(
    qtbot: QtBot, home_window: MainWindow
) -> None:
    window, partner = home_window, partner_of(home_window)
    page = team(qtbot, window)
    row = page.members.rows[partner]
    assert row.signed.text.text() == "Nog niet afgetekend"
    click(qtbot, row.sign)
    assert page.heading.text() == "Delen aftekenen: Demerzicht"
    assert "11 begrotingslijnen" in page.sign.what.text()
    page.sign.by.clear()
    assert not page.sign.sign.isEnabled()
    qtbot.keyClicks(page.sign.by, "Bo Peeters")
    click(qtbot, page.sign.sign)
    settled(qtbot, page)
    assert row.signed.text.text().startswith("Afgetekend door Bo Peeters op ")
    assert row.sign.hasFocus()
    window.workspace.go("project")
    line = window.workspace.page.rows["project/title"].editor.line
    assert isinstance(line, QLineEdit)
    line.setText("Een andere titel")
    page = team(qtbot, window)
    assert row.signed.text.text().startswith("Afgetekend door Bo Peeters op ")
    window.desk.do(Set(at=f"{line_of(window, partner)}/subsidy", value=5))
    settled(qtbot, page)
    said = row.signed.text.text()
    assert said.startswith("Aftekening van Bo Peeters vervallen door een wijziging van ")
    assert "Partner Demerzicht, personeel" in said
    others = [one for key, one in page.members.rows.items() if key != partner]
    assert all(one.signed.text.text() == "Nog niet afgetekend" for one in others)
    window.undo()
    settled(qtbot, page)
    assert row.signed.text.text().startswith("Afgetekend door Bo Peeters op ")


def test_a_sign_off_that_came_in_a_packet(
    qtbot: QtBot, home_window: MainWindow, packet: Path
) -> None:
    with Draft.open(packet, author="Bo") as draft:
        signoffs.sign_off(draft, "", "Bo")
    page = team(qtbot, home_window)
    bring(qtbot, page, [packet])
    assert "De aftekening van Demerzicht komt mee." in page.merge.about.text()
    assert page.merge.merge.hasFocus()
    qtbot.keyClick(page.merge.merge, KEY.Key_Space)
    settled(qtbot, page)
    assert "Aan het voorstel veranderde niets." in page.done.summary.text.text()
    row = page.members.rows[partner_of(home_window)]
    assert row.sent.text.text() == "Teruggekomen, zonder wijzigingen"
    assert row.signed.text.text().startswith("Afgetekend door Bo op ")


# -- in words a third longer, in every language ---------------------------------------------


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences as long as a translation may be: as the pictures are drawn with `--stretch`."""
    place = Path(__file__).parents[2] / "packaging" / "pictures.py"
    found = importlib.util.spec_from_file_location("pictures", place)
    pictures = importlib.util.module_from_spec(found)
    found.loader.exec_module(pictures)
    monkeypatch.setattr(Words, "find", pictures.stretched(Words.find))


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_view_cuts_a_text_off(
    qtbot: QtBot, home_window: MainWindow, clash: Path, language: str
) -> None:
    window, partner = home_window, partner_of(home_window)
    window.speech.use_language(language)
    window.desk.retold.emit()
    page = team(qtbot, window)
    seen: list[str] = []

    def look(view: str) -> None:
        settled(qtbot, page)
        for _ in range(6):
            QApplication.processEvents()
        seen.extend(f"{view}: {one}" for one in cut_off(window))
        assert not unnamed(window), view

    look("overview")
    page.packing.begin(partner)
    look("packet")
    page.go()
    page.begin_sign(partner)
    look("sign")
    page.sign.by.setText("Bo Peeters")
    page.sign.sign.click()
    look("signed")
    bring(qtbot, page, [clash])
    for row in range(page.merge.model.rowCount()):
        page.merge.list.setCurrentIndex(page.merge.model.index(row))
        look(f"choice {row}")
    page.merge.tabs.setCurrentIndex(1)
    look("taken")
    page.merge.merge.click()
    look("done")
    page.go()
    look("back")
    assert seen == []


@pytest.mark.parametrize(
    "view", ["overview", "packet", "sign", "signed", "merge", "anew", "done", "own"]
)
def test_tab_goes_as_one_reads(
    qtbot: QtBot, home_window: MainWindow, clash: Path, view: str
) -> None:
    partner = partner_of(home_window)
    if view == "own":
        home_window.open_path(clash)
    page = team(qtbot, home_window)
    if view == "packet":
        page.packing.begin(partner)
    elif view in ("sign", "signed"):
        page.begin_sign(partner)
        page.sign.by.setText("Bo")
        if view == "signed":
            page.sign.sign.click()
    elif view not in ("overview", "own"):
        bring(qtbot, page, [clash])
    if view == "anew":
        home_window.desk.do(Set(at="project/title", value="Anders"))
    elif view == "done":
        page.merge.merge.click()
    settled(qtbot, page)
    QApplication.processEvents()
    # Only here, as the last: asking Qt for the order ties Python's objects to one another, so that
    # with one that goes away others are taken to be gone too.
    assert not jumps(page)


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_packet_is_cut_off(
    qtbot: QtBot, home_window: MainWindow, packet: Path, language: str
) -> None:
    window = home_window
    window.open_path(packet)
    window.speech.use_language(language)
    window.desk.retold.emit()
    for step in ("project", "partners", "work_plan", "budget", "attachments", "team"):
        window.workspace.go(step)
        page = window.workspace.page
        qtbot.waitUntil(lambda page=page: not getattr(page, "busy", False))
        window.desk.check_now()
        for _ in range(6):
            QApplication.processEvents()
        assert cut_off(window) == [], step


# -- where there is nothing, or nothing can be done -----------------------------------------


def test_without_partners_the_page_leads_to_them(qtbot: QtBot, opened: Opened) -> None:
    window = opened()
    page = team(qtbot, window)
    assert page.members.none.isVisible()
    click(qtbot, page.members.go)
    assert window.workspace.step.id == "partners"


def test_a_draft_to_read_only_offers_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "home.sif"
    example_draft(path)
    with Draft.open(path, author="An"):
        window.open_path(path)
        page = team(qtbot, window)
        assert page.zone.isHidden()
        assert not page.acceptDrops()
        assert all(row.packet.isHidden() for row in page.members.rows.values())
        assert page.members.rows[partner_of(window)].sent.text.text() == "Nog geen pakket gemaakt"


def test_the_draft_closes_while_a_file_is_looked_at(
    qtbot: QtBot, home_window: MainWindow, clash: Path
) -> None:
    page = team(qtbot, home_window)
    page.merging.bring([clash])
    with qtbot.captureExceptions() as raised:
        home_window.close_draft()
        QApplication.processEvents()
    assert raised == []
