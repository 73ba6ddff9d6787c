"""The partners: all of them at a glance, then one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.calls.call import Section
from sif_desktop.document.answers import answered, is_short
from sif_desktop.document.content import Block, Column, Heading, Note, Paragraph, Row, Table
from sif_desktop.document.material import Material, present
from sif_desktop.document.prose import line
from sif_desktop.model.partners import Partner
from sif_desktop.rules.totals import NOTHING

GROUND = "partners/*/eligibility_ground"
"""A form that asks for this has the partners that it asks it of screened."""


def partner_blocks(m: Material, section: Section) -> Iterator[Block]:
    """The section of the partners."""
    yield from answered(m, (spec for spec in section.fields if not spec.list_at), None, 2)
    if not m.proposal.partners:
        yield Paragraph(m.say("none"), "quiet")
        return
    yield Heading(m.say("partners_overview"), 2)
    yield _overview(m)
    for place, partner in enumerate(m.proposal.partners, 1):
        yield from _partner(m, section, place, partner)


def screened(m: Material, partner: Partner) -> bool:
    """Whether a partner is still to be screened for whether it can be supported."""
    ground = m.call.field_at(GROUND)
    return ground is not None and ground.when is not None and m.asked(ground, partner)


def seat(m: Material, partner: Partner) -> str:
    """Where a partner has its seat, with the country of one abroad."""
    said = m.choice_at("partners/*/seat", partner.seat) if partner.seat else ""
    country = m.call.field_at("partners/*/country")
    if partner.country and country:
        return ", ".join(present((said, m.value(country, partner.country))))
    return said or "–"


def _overview(m: Material) -> Table:
    rows = []
    for place, partner in enumerate(m.proposal.partners, 1):
        cost = m.sums.by_partner.get(partner.id, NOTHING)
        name = line(partner.name) or m.short_name(partner.id)
        rows.append(
            Row(
                (
                    f"{place}",
                    name,
                    m.choice_at("partners/*/role", partner.role) or "–",
                    m.choice_at("partners/*/kind", partner.kind) or "–",
                    seat(m, partner),
                    m.money(cost.subsidy),
                    m.money(cost.total),
                )
            )
        )
    return Table(
        (
            Column(m.say("number"), 0),
            Column(m.say("partner"), 2.2),
            Column(m.say("role"), 1),
            Column(m.say("kind"), 1.2),
            Column(m.say("seat"), 1),
            Column(m.say("subsidy_euro"), 0, "right"),
            Column(m.say("cost_euro"), 0, "right"),
        ),
        tuple(rows),
        m.say("alt_partners", count=len(rows)),
    )


def _partner(m: Material, section: Section, place: int, partner: Partner) -> Iterator[Block]:
    """One partner: the facts first, then what it tells of itself."""
    name = line(partner.name) or m.say("partner_number", number=place)
    yield Heading(name, 2)
    specs = [spec for spec in section.fields if spec.list_at == "partners"]
    named = [spec for spec in specs if spec.at != "partners/*/name"]
    yield from answered(m, filter(is_short, named), partner, 3)
    if screened(m, partner):
        yield Note(m.say("screening_title"), m.say("screening"), "caution")
    yield from answered(m, (spec for spec in named if not is_short(spec)), partner, 3)
