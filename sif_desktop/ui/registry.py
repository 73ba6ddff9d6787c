"""Which page shows which step. A page that is made for a view adds one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sif_desktop.app.steps import Step
    from sif_desktop.ui.apart import ApartPage
    from sif_desktop.ui.desk import Desk
    from sif_desktop.ui.look.theme import Look
    from sif_desktop.ui.pages.base import Page
    from sif_desktop.ui.speech import Speech

PAGES = {
    "fields": "sif_desktop.ui.pages.section_page:SectionPage",
    "partners": "sif_desktop.ui.pages.partners:PartnersPage",
    "work_plan": "sif_desktop.ui.pages.work_plan:WorkPlanPage",
    "budget": "sif_desktop.ui.budget.page:BudgetPage",
    "attachments": "sif_desktop.ui.pages.attachments:AttachmentsPage",
    "check": "sif_desktop.ui.pages.check:CheckPage",
    "export": "sif_desktop.ui.pages.export:ExportPage",
}
"""The class of the page by `Step.view`: a module and a name in it, loaded when it is shown first.

A section whose view has no page here is shown as its fields.
"""

SIDE: dict[str, str] = {
    "team": "sif_desktop.ui.team.page:TeamPage",
    "history": "sif_desktop.ui.past.page:HistoryPage",
    "sheet": "sif_desktop.ui.workbook.page:SheetPage",
    "transfer": "sif_desktop.ui.transfer.page:TransferPage",
}
"""The same for pages beside the steps, for what one does with a draft apart from filling it in.

The key is that of their texts under `window`: `title`, `short` and `lead`; `side-<key>` their icon.
"""

APART: dict[str, str] = {
    "bundle": "sif_desktop.ui.bundles.page:BundlePage",
    "intake": "sif_desktop.ui.intake.page:IntakePage",
    "keys": "sif_desktop.ui.keys.page:KeysPage",
}
"""The same for pages that need no draft, by the key of their texts under `window.apart`."""


def make_page(desk: Desk, step: Step) -> Page:
    """The page for a step."""
    page: Page = _loaded(SIDE.get(step.view) or PAGES.get(step.view, PAGES["fields"]))(desk, step)
    return page


def make_apart(key: str, speech: Speech, look: Look) -> ApartPage:
    """The page under a key of `APART`."""
    page: ApartPage = _loaded(APART[key])(speech, look)
    return page


def _loaded(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
