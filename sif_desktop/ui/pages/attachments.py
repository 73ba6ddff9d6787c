"""The page of a section with attachments: files are dragged in, and told about in place."""

from __future__ import annotations

from sif_desktop.calls.call import Section
from sif_desktop.ui.drop_zone import Dropping
from sif_desktop.ui.pages.attachments_list import AT, AttachmentList
from sif_desktop.ui.pages.section_page import SectionPage


class AttachmentsPage(SectionPage):
    """The fields and lists of the section as any page has them; the list of files has its own."""

    def build(self) -> None:
        """Takes what is dropped anywhere on the page."""
        self.files: AttachmentList | None = None
        super().build()
        files = self.files
        if files is not None and self.desk.may_change(AT):
            Dropping(self, files.zone.show_over, lambda: self.desk.may_change(AT), files.add_files)

    def _add_list(self, section: Section, list_at: str) -> None:
        if list_at != AT:
            super()._add_list(section, list_at)
            return
        specs = [spec for spec in section.fields if spec.list_at == AT]
        self.files = AttachmentList(self, specs)
        self.body.addWidget(self.files)

    def refresh(self) -> None:
        """The cards of the files first: they bring the rows."""
        if self.files:
            self.files.refresh()
        super().refresh()

    def show_findings(self) -> None:
        """Those of the files too."""
        super().show_findings()
        if self.files:
            self.files.show_findings()

    def retranslate(self) -> None:
        """What the list of files says too."""
        super().retranslate()
        if self.files:
            self.files.retranslate()

    def focus_on(self, address: str) -> bool:
        """A value of a file, a file, or the place to add one."""
        return super().focus_on(address) or (
            self.files is not None and self.files.focus_on(address)
        )
