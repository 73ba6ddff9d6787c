"""The family of the capacity: what the applicants can carry after the project."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.model.partners import Partner
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import Use, filled, rule


@rule(
    "capacity_missing",
    "error",
    "partners/*/capacity",
    values={"roles": "partners/*/role"},
    speaks_for=("partners/*/capacity",),
)
def capacity_missing(partners: tuple[Partner, ...], use: Use) -> Iterator[Finding]:
    """Every applicant shows that it can valorise a follow-up in time and with its own means."""
    for partner in partners:
        if partner.role in use.listed("roles") and not filled(partner.capacity):
            yield use.found(f"partners/{partner.id}/capacity")


@rule(
    "capacity_no_means",
    "warning",
    "partners/*/capacity_means",
    values={"roles": "partners/*/role"},
)
def capacity_no_means(partners: tuple[Partner, ...], use: Use) -> Iterator[Finding]:
    """Own means of zero euro carry nothing."""
    for partner in partners:
        if partner.role in use.listed("roles") and partner.capacity_means == 0:
            yield use.found(f"partners/{partner.id}/capacity_means")
