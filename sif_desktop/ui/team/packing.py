"""From the overview to a packet on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import packets
from sif_desktop.app.work import Work
from sif_desktop.calls.reading import partner_name
from sif_desktop.errors import SifError
from sif_desktop.ui.folders import show_folder

if TYPE_CHECKING:
    from sif_desktop.ui.team.page import TeamPage


class Packing:
    """What the page does about packets; `begin` shows what one would hold, `write` makes it."""

    def __init__(self, page: TeamPage) -> None:
        self._page, self._desk = page, page.desk

    def begin(self, partner: str) -> None:
        """Shows what a packet for a partner would hold."""
        page = self._page
        member = page.members.member(partner)
        if member:
            page.notices.clear()
            page.packet.show_packet(member)
            page.go(page.packet)

    def write(self) -> None:
        """Asks where the packet goes, and writes it beside the window."""
        page = self._page
        member = page.packet.member
        if not member or page.at_work:
            return
        out = self._ask_place(member.partner)
        if out is None:
            return
        try:
            ready = packets.ready_from(self._desk.session, member.partner, page.packet.assigned)
        except SifError as error:
            page.tell_error(error)
            return
        draft = self._desk.session.draft

        def act(work: Work) -> object:
            return packets.write(draft, ready, out, work)

        job = page.start(act, "window.team.packet.making")
        job.done.connect(lambda _: self._made(member.partner, out))
        job.failed.connect(page.tell_error)

    def _ask_place(self, partner: str) -> Path | None:
        """Where the packet goes. A file that is there is never replaced: it may hold work."""
        from PySide6.QtWidgets import QFileDialog

        from sif_desktop.ui.pages.export_place import suggestion

        say, named = self._desk.speech.say, partner_name(self._desk.proposal, partner)
        chosen, _ = QFileDialog.getSaveFileName(
            self._page,
            say("window.team.packet.save_title"),
            str(suggestion(self._desk, "sif", named)),
            f"{say('window.team.packet.kind')} (*.sif)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        path = Path(chosen)
        return (path if path.suffix else path.with_suffix(".sif")) if chosen else None

    def _made(self, partner: str, out: Path) -> None:
        page, say = self._page, self._desk.speech.say
        page.go()
        name = partner_name(self._desk.proposal, partner)
        page.tell(
            "good",
            say("window.team.packet.made", partner=name, file=str(out)),
            lambda: show_folder(out.parent),
            say("window.team.packet.folder"),
        )
        page.look()
