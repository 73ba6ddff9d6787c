"""Real draft files of a consortium, for tests: made, edited and read in a line."""

from __future__ import annotations

from pathlib import Path

from teamwork.small import small

from sif_desktop.app import joint
from sif_desktop.app.joint import Plan
from sif_desktop.model.edit import Edit, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.choice import Pick


def made(file: Path, proposal: Proposal | None = None) -> Path:
    """A draft of the small proposal, or of another one."""
    Draft.create(file, proposal or small(), author="An").close()
    return file


def act(file: Path, author: str, *edits: Edit) -> None:
    """One act of somebody."""
    with Draft.open(file, author=author) as draft:
        draft.commit(make_change(draft.proposal, edits, author=author)[1])


def tree(file: Path) -> Proposal:
    with Draft.open(file, read_only=True) as draft:
        return draft.proposal


def planned(file: Path, other: Path) -> Plan:
    with Draft.open(file, author="An") as draft:
        return joint.plan_merge(draft, draft.proposal, other)


def merged(file: Path, other: Path, how: Pick | None = None) -> Plan:
    """Merges, with one answer to all choices or with none."""
    with Draft.open(file, author="An") as draft:
        plan = joint.plan_merge(draft, draft.proposal, other)
        picks: dict[str, Pick] = {choice.key: how for choice in plan.open} if how else {}
        joint.carry_out(draft, plan, picks, "An")
    return plan
