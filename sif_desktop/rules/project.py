"""The family of the project: the definition, the exclusions, the two routes, the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Answers, Project
from sif_desktop.rules import formats
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import FIELDS, Use, filled, rule

_APPLICANTS = ("coordinator", "co_applicant")


@rule("definition_need", "error", "project/need", speaks_for=("project/need",))
def definition_need(project: Project, use: Use) -> Iterator[Finding]:
    """First leg of the definition: aimed structurally at a societal need."""
    if not filled(project.need):
        yield use.found("project/need")


@rule(
    "definition_innovation",
    "error",
    "project/innovation_kinds",
    also=("definition_innovation_text",),
    speaks_for=("project/innovation_kinds", "project/innovation"),
)
def definition_innovation(project: Project, use: Use) -> Iterator[Finding]:
    """Second leg of the definition: something new or much improved, of one kind at least."""
    if not filled(project.innovation_kinds):
        yield use.found("project/innovation_kinds")
    if not filled(project.innovation):
        yield use.found("project/innovation", "definition_innovation_text")


@rule("exclusion_touched", "warning", "project/exclusions", values={"none": "project/exclusions"})
def exclusion_touched(project: Project, use: Use) -> Iterator[Finding]:
    """An exclusion that the project might touch: told with the note that explains it."""
    if filled(project.exclusions_note):
        for touched in _touched(project, use):
            yield use.found("project/exclusions", exclusion=touched)


@rule(
    "exclusion_unexplained",
    "error",
    "project/exclusions_note",
    values={"none": "project/exclusions"},
    speaks_for=("project/exclusions_note",),
)
def exclusion_unexplained(project: Project, use: Use) -> Iterator[Finding]:
    """Whoever touches an exclusion says how the project stays outside it."""
    if not filled(project.exclusions_note):
        for touched in _touched(project, use)[:1]:
            yield use.found("project/exclusions_note", exclusion=touched)


@rule(
    "exclusion_contradicted", "error", "project/exclusions", values={"none": "project/exclusions"}
)
def exclusion_contradicted(project: Project, use: Use) -> Iterator[Finding]:
    """No exclusion is touched, and one is: both cannot be."""
    none = set(use.listed("none"))
    if none.intersection(project.exclusions) and _touched(project, use):
        yield use.found("project/exclusions")


def _touched(project: Project, use: Use) -> list[str]:
    """The keys of the texts of the exclusions that were chosen, apart from "none"."""
    spec = use.call.field_at("project/exclusions")
    known = use.call.choices.get(spec.choices or "", ()) if spec else ()
    none = use.listed("none")
    return [
        use.choice("project/exclusions", value)
        for value in known
        if value in project.exclusions and value not in none
    ]


@rule(
    "open_route_community",
    "error",
    "project/theme",
    values={"themes": "project/theme", "fields": FIELDS},
    speaks=True,
)
def open_route_community(project: Project, answers: Answers, use: Use) -> Iterator[Finding]:
    """A trajectory outside the priority themes wells up from the community: it says how."""
    if project.theme in use.listed("themes"):
        for field_id in use.listed(FIELDS):
            if not filled(answers.get(field_id, "")):
                yield use.found(f"answers/{field_id}")


@rule(
    "open_route_applicants",
    "error",
    "project/theme",
    values={"themes": "project/theme", "kinds": "partners/*/kind"},
)
def open_route_applicants(
    project: Project, partners: tuple[Partner, ...], use: Use
) -> Iterator[Finding]:
    """The open route is for some kinds of organisation: one of the applicants is of such a kind."""
    if project.theme not in use.listed("themes"):
        return
    kinds = [partner.kind for partner in partners if partner.role in _APPLICANTS]
    if any(kinds) and not any(not kind or kind in use.listed("kinds") for kind in kinds):
        yield use.found("project/theme")


@rule(
    "open_route_coordinator",
    "warning",
    "project/theme",
    values={"themes": "project/theme", "kinds": "partners/*/kind"},
)
def open_route_coordinator(
    project: Project, partners: tuple[Partner, ...], use: Use
) -> Iterator[Finding]:
    """On the open route the coordinator had better be of the kinds that the route is for."""
    if project.theme not in use.listed("themes"):
        return
    kinds = [partner.kind for partner in partners if partner.role in _APPLICANTS]
    if not any(kind in use.listed("kinds") for kind in kinds):
        return
    for partner in partners:
        if partner.role == "coordinator" and partner.kind not in ("", *use.listed("kinds")):
            yield use.found(f"partners/{partner.id}/kind")


@rule(
    "priority_themes",
    "advice",
    "project/theme",
    parameters={"share": "share"},
    values={"themes": "project/theme"},
)
def priority_themes(project: Project, use: Use) -> Iterator[Finding]:
    """Part of the money goes first to other themes; it takes all proposals to check that."""
    if project.theme in use.listed("themes"):
        yield use.found("project/theme", share=use.figures["share"])


@rule("duration_over", "error", "project/duration", parameters={"most": "months"})
def duration_over(duration: int | None, use: Use) -> Iterator[Finding]:
    """The project takes no longer than the call allows."""
    most = use.figures["most"]
    if duration is not None and duration > most:
        yield use.found("project/duration", months=duration, most=most, excess=duration - most)


@rule("duration_zero", "error", "project/duration")
def duration_zero(project: Project, use: Use) -> Iterator[Finding]:
    """A project takes one month at least."""
    if project.duration == 0:
        yield use.found("project/duration")


@rule("start_before_closing", "warning", "project/start", parameters={"closing": "moment"})
def start_before_closing(project: Project, use: Use) -> Iterator[Finding]:
    """A project that starts before the call closes has started without a decision on it."""
    start, closing = formats.day(project.start), formats.moment(use.texts["closing"])
    if start and closing and start <= closing.date():
        first = closing.date() + timedelta(days=1)
        yield use.found("project/start", day=closing.date().isoformat(), first=first.isoformat())
