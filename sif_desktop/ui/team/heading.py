"""What stands above the view that is shown: what it is about, and what one does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sif_desktop.calls.reading import partner_name

if TYPE_CHECKING:
    from sif_desktop.ui.team.page import TeamPage


def said(page: TeamPage) -> tuple[str, str]:
    """The heading and what stands beneath it, "" for nothing."""
    speech, view = page.desk.speech, page.view
    merged = page.done.deciding if view is page.done else page.merge.deciding
    if view is page.packet and page.packet.member:
        key, figures = "packet", {"partner": _name(page, page.packet.member.partner)}
    elif view is page.sign:
        key, figures = "sign", {"partner": _name(page, page.sign.partner)}
    elif view in (page.merge, page.done) and merged:
        key = "merge" if view is page.merge else "done"
        figures = {"subject": merged.plan.subject}
    else:
        return speech.say("window.team.title"), "" if page.desk.own else page.lead_text()
    lead = f"window.team.{key}.lead"
    heading = speech.say(f"window.team.{key}.heading", **figures)
    return heading, speech.say(lead, **figures) if speech.find(lead) else ""


def _name(page: TeamPage, partner: str) -> str:
    return partner_name(page.desk.proposal, partner)
