"""How a partner stands, in sentences: its packet, and its sign-off."""

from __future__ import annotations

from collections.abc import Sequence

from sif_desktop.app.team import Member
from sif_desktop.calls.reading import partner_name
from sif_desktop.language import moment
from sif_desktop.teamwork.naming import Naming
from sif_desktop.teamwork.signoff import Standing
from sif_desktop.ui.desk import Desk

MOST_PLACES = 4
"""Places that are named where a sign-off does not hold any more."""


def name_of(desk: Desk, member: Member) -> str:
    """What a partner goes by: its name, or its place in the list while it has none."""
    partners = desk.proposal.partners
    name = " ".join(partner_name(desk.proposal, member.partner)[:120].split())
    if not member.here:
        return desk.speech.say("window.team.members.gone", name=name)
    if name == member.partner:
        places = (at for at, one in enumerate(partners, 1) if one.id == member.partner)
        place = next(places, len(partners))  # it may have gone since it was looked up
        return desk.speech.say("window.fields.unnamed", place=place)
    return name


def packet_said(desk: Desk, member: Member) -> tuple[str, str, str]:
    """Whether a packet was made and came back; with an icon and its colour."""
    speech = desk.speech
    if not member.packets:
        return speech.say("window.team.packet_state.none"), "state-not_started", "muted"
    last = member.packets[0]
    if not last.back:
        when = moment(last.packet.made_at.astimezone(), speech.language)
        return speech.say("window.team.packet_state.sent", when=when), "clock", "advice"
    key = "back" if last.back_at else "back_same"
    when = moment(last.back_at.astimezone(), speech.language) if last.back_at else ""
    said = speech.say(f"window.team.packet_state.{key}{'' if last.whole else '_open'}", when=when)
    return said, *(("good", "good") if last.whole else ("warning", "warning"))


def sign_said(desk: Desk, standing: Standing | None) -> tuple[str, str, str]:
    """Whether a partner signed off its parts, and what voided that; with an icon and a colour."""
    speech = desk.speech
    say = speech.say
    if standing is None:
        return say("window.team.sign_state.none"), "state-not_started", "muted"
    signoff, by = standing.signoff, standing.voided_by
    who = " ".join(signoff.by[:120].split())
    if standing.holds:
        key = "holds" if who else "holds_alone"
        when = moment(signoff.at.astimezone(), speech.language)
        return say(f"window.team.sign_state.{key}", by=who, when=when), "good", "good"
    who = who or say("window.team.sign_state.somebody")
    places = _places(desk, standing.differing)
    if by is None:
        said = say("window.team.sign_state.voided_unknown", by=who, places=places)
    else:
        said = say(
            "window.team.sign_state.voided",
            by=who,
            author=" ".join(by.author[:120].split()) or say("window.team.sign_state.somebody"),
            when=moment(by.at.astimezone(), speech.language),
            places=places,
        )
    return said, "warning", "warning"


def _places(desk: Desk, addresses: Sequence[str]) -> str:
    """Places in words, the first few of them."""
    naming = Naming(desk.proposal, desk.call, desk.speech.words)
    said = [naming.place(at) for at in addresses[:MOST_PLACES]]
    if len(addresses) > MOST_PLACES:
        said.append(desk.speech.say("window.team.more", count=len(addresses) - MOST_PLACES))
    return "; ".join(said)
