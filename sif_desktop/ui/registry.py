"""Which page shows which step. A page that is made for a view adds one line here."""

from __future__ import annotations

from importlib import import_module

from sif_desktop.app.steps import Step
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.pages.base import Page

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


def make_page(desk: Desk, step: Step) -> Page:
    """The page for a step."""
    module, _, name = PAGES.get(step.view, PAGES["fields"]).partition(":")
    page = getattr(import_module(module), name)(desk, step)
    assert isinstance(page, Page)  # noqa: S101 - what is registered is a page
    return page
