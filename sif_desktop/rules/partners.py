"""The family of the partners: who may apply, in which role, and what each of them must show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sif_desktop.model.partners import Partner
from sif_desktop.rules import formats
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.kinds import shown
from sif_desktop.rules.rule import Use, filled, rule

Partners = tuple[Partner, ...]


@rule("partners_none", "error", "partners")
def partners_none(partners: Partners, use: Use) -> Iterator[Finding]:
    """A proposal has an applicant."""
    if not partners:
        yield use.found("partners")


@rule("coordinator_missing", "error", "partners")
def coordinator_missing(partners: Partners, use: Use) -> Iterator[Finding]:
    """One partner co-ordinates."""
    if partners and not any(partner.role == "coordinator" for partner in partners):
        yield use.found("partners")


@rule("coordinator_several", "error", "partners")
def coordinator_several(partners: Partners, use: Use) -> Iterator[Finding]:
    """No more than one partner co-ordinates: the finding stands at each after the first."""
    coordinators = [partner for partner in partners if partner.role == "coordinator"]
    for partner in coordinators[1:]:
        first = _called(coordinators[0], partners)
        yield use.found(f"partners/{partner.id}/role", count=len(coordinators), first=first)


@rule("coordinator_abroad", "error", "partners")
def coordinator_abroad(partners: Partners, use: Use) -> Iterator[Finding]:
    """A foreign organisation may be a co-applicant, and does not co-ordinate."""
    for partner in partners:
        if partner.role == "coordinator" and partner.seat == "abroad":
            yield use.found(f"partners/{partner.id}/role")


@rule("abroad_in_belgium", "error", "partners")
def abroad_in_belgium(partners: Partners, use: Use) -> Iterator[Finding]:
    """A seat abroad is not in Belgium; a Walloon seat is neither Flanders nor Brussels."""
    for partner in partners:
        if partner.seat == "abroad" and partner.country.strip().upper() == "BE":
            yield use.found(f"partners/{partner.id}/country")


@rule("brussels_screening", "advice", "partners")
def brussels_screening(partners: Partners, use: Use) -> Iterator[Finding]:
    """An organisation from Brussels is screened first: the dossier always shows it."""
    for partner in partners:
        if partner.seat == "brussels":
            yield use.found(f"partners/{partner.id}/seat")


@rule(
    "brussels_ground",
    "warning",
    "partners",
    speaks_for=("partners/*/eligibility_ground",),
)
def brussels_ground(partners: Partners, use: Use) -> Iterator[Finding]:
    """A partner from Brussels gives its own ground for being supported."""
    for partner in partners:
        if partner.seat == "brussels" and not filled(partner.eligibility_ground):
            yield use.found(f"partners/{partner.id}/eligibility_ground")


@rule("foreign_subcontractor", "advice", "partners")
def foreign_subcontractor(partners: Partners, use: Use) -> Iterator[Finding]:
    """A foreign subcontractor counts under subcontracting, not under the foreign share."""
    for partner in partners:
        if partner.role == "subcontractor" and partner.seat == "abroad":
            yield use.found(f"partners/{partner.id}/role")


@rule("mix_of_kinds", "advice", "partners")
def mix_of_kinds(partners: Partners, use: Use) -> Iterator[Finding]:
    """A consortium of one kind of organisation: the call hopes for several."""
    kinds = {partner.kind for partner in partners}
    if len(kinds) == 1 and "" not in kinds:
        yield use.found("partners", kind=use.choice("partners/*/kind", kinds.pop()))


@rule("mix_of_disciplines", "advice", "partners")
def mix_of_disciplines(partners: Partners, use: Use) -> Iterator[Finding]:
    """All partners have one discipline between them: the call hopes for several."""
    disciplines = {discipline for partner in partners for discipline in partner.disciplines}
    if len(disciplines) == 1 and all(partner.disciplines for partner in partners):
        key = use.choice("partners/*/disciplines", disciplines.pop())
        yield use.found("partners", discipline=key)


@rule("enterprise_number_twice", "warning", "partners/*/enterprise_number")
def enterprise_number_twice(partners: Partners, use: Use) -> Iterator[Finding]:
    """Two partners with one enterprise number: one organisation twice, or a wrong number."""
    yield from _twice(
        [partner for partner in partners if _belgian(partner)],
        lambda partner: formats.enterprise_digits(partner.enterprise_number),
        partners,
        use,
        "enterprise_number",
    )


@rule("partner_name_twice", "advice", "partners/*/name")
def partner_name_twice(partners: Partners, use: Use) -> Iterator[Finding]:
    """Two partners with one name cannot be told apart in tables and lists."""
    yield from _twice(
        partners,
        lambda partner: " ".join(partner.name[:300].casefold().split()),
        partners,
        use,
        "name",
    )


@rule("enterprise_numbers_form", "advice", "partners/*/enterprise_number")
def enterprise_numbers_form(partners: Partners, use: Use) -> Iterator[Finding]:
    """A right number proves its form, not that the organisation exists: that is told."""
    right = [
        partner
        for partner in partners
        if _belgian(partner) and not formats.enterprise_fault(partner.enterprise_number[:300])
    ]
    if right:
        yield use.found("partners", count=len(right))


def _belgian(partner: Partner) -> bool:
    """Whether a partner has an enterprise number to look at; abroad has numbers of its own."""
    return partner.seat != "abroad" and filled(partner.enterprise_number)


def _twice(
    chosen: list[Partner] | Partners,
    key: Callable[[Partner], str],
    partners: Partners,
    use: Use,
    name: str,
) -> Iterator[Finding]:
    """A finding at each partner whose key an earlier one has already."""
    first: dict[str, Partner] = {}
    for partner in chosen:
        value = key(partner)
        earlier = first.setdefault(value, partner) if value else partner
        if earlier is not partner:
            other = _called(earlier, partners)
            yield use.found(f"partners/{partner.id}/{name}", other=other)


def _called(partner: Partner, partners: Partners) -> str:
    """What a sentence calls a partner: its name, or its place among the partners."""
    name = shown(partner.short_name) or shown(partner.name)
    return name or str(1 + next(n for n, other in enumerate(partners) if other is partner))
