"""Each rule and each check of a field: it is silent on a good dossier and speaks on a bad one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from dossiers import example_proposal, the_call

from sif_desktop.calls.call import Call, FieldSpec, Length, Parameter, RuleUse
from sif_desktop.language import LANGUAGES, placeholders
from sif_desktop.model.edit import Add, Drop, Edit, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.catalogue import codes
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Finding

CLOSING = datetime(2013, 4, 1, 14, tzinfo=UTC)
OURS_TO_ADD = (
    RuleUse(code="funding_rate", parameters={"ceiling": "rate"}),
    RuleUse(
        code="category_share",
        parameters={"ceiling": "overhead_share"},
        values={"categories": ("overhead",)},
    ),
    RuleUse(code="attachment_kind_missing", values={"kinds": ("cv", "study")}),
    RuleUse(code="attachments_large", parameters={"most": "bytes"}),
)


def figure(kind: Any, value: int) -> Parameter:
    return Parameter(kind=kind, value=value, source="a test", origin="ours")


def changed(call: Call, **changes: Any) -> Call:
    """A call with other parts. (A copy would carry along what was worked out from the old.)"""
    return Call.model_validate({name: getattr(call, name) for name in Call.model_fields} | changes)


def richer(**figures: int) -> Call:
    """The call with the optional rules too, and with other figures where they are given."""
    call = the_call()
    parameters = {
        **call.parameters,
        "rate": figure("share", 8000),
        "overhead_share": figure("share", 1000),
        "bytes": figure("number", 200_000),
    }
    for name, value in figures.items():
        parameters[name] = figure(parameters[name].kind, value)
    return changed(call, parameters=parameters, rules=(*call.rules, *OURS_TO_ADD))


def counting() -> Call:
    """The call with two numbers more, which add to a target and of which the first is larger."""
    call = richer()
    target = figure("number", 100)
    numbers = tuple(
        FieldSpec(id=name, at=f"answers/{name}", kind="number", target="visitors_target")
        for name in ("visitors", "helpers")
    )
    first, *others = call.sections
    first = first.model_copy(update={"fields": (*first.fields, *numbers)})
    listed = {"fields": ("visitors", "helpers")}
    rules = tuple(
        RuleUse(code=f"contribution_{name}", values=listed) for name in ("none", "over", "order")
    )
    return changed(
        call,
        parameters={**call.parameters, "visitors_target": target},
        sections=(first, *others),
        rules=(*call.rules, *rules),
    )


def strict() -> Call:
    """The call with a length of its own for the title."""
    call = the_call()
    sections = []
    for section in call.sections:
        fields = tuple(
            spec.model_copy(update={"longest": Length(characters=150, origin="call")})
            if spec.id == "title"
            else spec
            for spec in section.fields
        )
        sections.append(section.model_copy(update={"fields": fields}))
    return changed(call, sections=tuple(sections))


def to(at: str, value: Any) -> Set:
    return Set(at=at, value=value)


def added(at: str, **item: Any) -> Add:
    return Add(at=at, item={"id": "new", **item})


def without(name: str, keep: int = 0) -> list[Edit]:
    """The edits that empty a list, but for its first items."""
    return [Drop(at=f"{name}/{item.id}") for item in getattr(example_proposal(), name)[keep:]]


def each(name: str, value_name: str, value: Any) -> list[Edit]:
    """The edits that give all items of a list the same value."""
    items = getattr(example_proposal(), name)
    return [to(f"{name}/{item.id}/{value_name}", value) for item in items]


def no_criterion(*names: str) -> list[Edit]:
    """The edits that empty the answers of a criterion."""
    return [to(f"answers/{name}", "") for name in names]


@dataclass(frozen=True)
class Case:
    """Edits after which a code is found, at an address, with these figures among others."""

    code: str
    at: str
    edits: list[Edit] = field(default_factory=list)
    severity: str = "error"
    figures: dict[str, Any] = field(default_factory=dict)
    call: Call | None = None
    now: datetime | None = None
    always: bool = False

    def __str__(self) -> str:
        return f"{self.code}-{self.at}"


LINE = "budget/b02"
D = "partners/demerzicht"
WP = "work_packages/wp2"
OPEN = to("project/theme", "open")
COMMUNITY = to("answers/community", "Op de bewonersavond vroegen zeven mantelzorgers hetzelfde.")
NO_OUTCOME = to("work_packages/wp5/deliverables/d52/outcome", "")
EMPTY_EFFECTS = [
    *no_criterion("effects_direct", "effects_kept", "effects_measured"),
    *without("indicators"),
]

CASES = [
    # ------------------------------------------------------------------------- the fields
    Case("needed", "project/title", [to("project/title", " \u00a0 ")]),
    Case("needed", f"{D}/address", [to(f"{D}/address", "")], "warning"),
    Case("needed", "project/acronym", [to("project/acronym", "")], "advice"),
    Case("needed", f"{D}/enterprise_number", [to(f"{D}/enterprise_number", "")]),
    Case("needed", "indicators/i1/name", [to("indicators/i1/name", "")], "warning"),
    Case("needed", "actors/ocmw/name", [to("actors/ocmw/name", "")], "warning"),
    Case("needed_choice", "project/theme", [to("project/theme", "")]),
    Case("needed_choice", f"{LINE}/partner", [to(f"{LINE}/partner", "")]),
    Case("needed_choice", f"{D}/disciplines", [to(f"{D}/disciplines", ())], "warning"),
    Case("criterion_empty", "answers/effects_direct", EMPTY_EFFECTS, "warning"),
    Case(
        "criterion_empty",
        "answers/vision_future",
        no_criterion("vision_future", "vision_middle_term", "vision_long_term"),
        "warning",
        {"criterion": "sections.vision.title"},
    ),
    Case(
        "criterion_empty",
        "answers/connecting_renewal",
        [*no_criterion("connecting_renewal"), *without("actors")],
        "warning",
    ),
    Case(
        "criterion_empty",
        "answers/empowerment_kinds",
        no_criterion("empowerment_kinds", "empowerment_how", "empowerment_voice"),
        "warning",
    ),
    Case("answer_unasked", "answers/stray", [to("answers/stray", "x")], "advice"),
    Case("wrong_value", "answers/approach", [to("answers/approach", 12)], figures={"typed": "12"}),
    Case("wrong_value", "answers/approach", [to("answers/approach", ("a", "b"))]),
    Case("wrong_value", "answers/vision_future", [to("answers/vision_future", 12)], "warning"),
    Case(
        "too_long",
        "project/title",
        [to("project/title", "x" * 151)],
        figures={"length": 151, "longest": 150, "excess": 1},
        call=strict(),
    ),
    Case(
        "too_long_advised",
        "project/title",
        [to("project/title", "x" * 151)],
        "advice",
        {"length": 151, "longest": 150, "excess": 1},
    ),
    Case("not_an_amount", f"{LINE}/subsidy", [to(f"{LINE}/subsidy", "12 honderd")]),
    Case("not_an_amount", f"{D}/capacity_means", [to(f"{D}/capacity_means", "veel")]),
    Case("negative_amount", f"{LINE}/own_means", [to(f"{LINE}/own_means", -1)]),
    Case("amount_too_large", f"{LINE}/own_means", [to(f"{LINE}/own_means", 2**53 - 1)]),
    Case("not_a_number", "project/duration", [to("project/duration", "een jaar")]),
    Case("not_a_number", f"{WP}/first_month", [to(f"{WP}/first_month", "mei")]),
    Case("negative_number", "project/duration", [to("project/duration", -3)]),
    Case("month_too_small", f"{WP}/first_month", [to(f"{WP}/first_month", 0)]),
    Case("not_a_date", "project/start", [to("project/start", "2013-02-30")]),
    Case("not_a_date", "project/start", [to("project/start", "2013-W01-1")]),
    Case("not_a_country", "partners/hospita/country", [to("partners/hospita/country", "XX")]),
    Case("unknown_choice", "project/theme", [to("project/theme", "sports")]),
    Case(
        "unknown_choice",
        "project/innovation_kinds",
        [to("project/innovation_kinds", ("service", "magic"))],
        figures={"typed": "magic"},
    ),
    Case(
        "unknown_choice",
        "answers/empowerment_kinds",
        [to("answers/empowerment_kinds", ("magic",))],
        "warning",
    ),
    Case("unknown_partner", f"{LINE}/partner", [to(f"{LINE}/partner", "gone")]),
    Case("unknown_partner", f"{WP}/lead", [to(f"{WP}/lead", "gone")]),
    Case("unknown_partner", f"{WP}/partners", [to(f"{WP}/partners", ("drempel", "gone"))]),
    Case("unknown_work_package", f"{LINE}/work_package", [to(f"{LINE}/work_package", "gone")]),
    Case("unknown_period", f"{LINE}/period", [to(f"{LINE}/period", "2014")]),
    Case(
        "enterprise_number_length",
        f"{D}/enterprise_number",
        [to(f"{D}/enterprise_number", "403.019.261")],
    ),
    Case(
        "enterprise_number_wrong",
        f"{D}/enterprise_number",
        [to(f"{D}/enterprise_number", "0403.019.262")],
    ),
    Case(
        "establishment_number",
        f"{D}/enterprise_number",
        [to(f"{D}/enterprise_number", "2.123.456.789")],
    ),
    Case("iban_wrong", f"{D}/iban", [to(f"{D}/iban", "BE68 5390 0754 7035")]),
    Case("email_wrong", f"{D}/contact_email", [to(f"{D}/contact_email", "an@x.be; jo@x.be")]),
    Case("website_wrong", f"{D}/website", [to(f"{D}/website", "javascript:alert(1)")], "warning"),
    # ------------------------------------------------------------------------- the call
    Case("edition_other", "edition", [to("edition", "2014")], "warning", {"made_for": "2014"}),
    Case("call_other", "call", [to("call", "another")], figures={"made_for": "another"}),
    Case(
        "closing_past",
        "edition",
        severity="advice",
        figures={"day": "2013-04-01", "time": "16:00"},
        now=CLOSING + timedelta(seconds=1),
    ),
    Case("closing_past", "edition", severity="advice", now=datetime(2013, 4, 1, 15)),
    # ---------------------------------------------------------------------- the project
    Case("definition_need", "project/need", [to("project/need", "")]),
    Case("definition_innovation", "project/innovation_kinds", [to("project/innovation_kinds", ())]),
    Case("definition_innovation_text", "project/innovation", [to("project/innovation", " ")]),
    Case(
        "exclusion_touched",
        "project/exclusions",
        [to("project/exclusions", ("social_economy",))],
        "warning",
        {"exclusion": "choices.exclusions.social_economy"},
    ),
    Case(
        "exclusion_unexplained",
        "project/exclusions_note",
        [to("project/exclusions", ("social_economy",)), to("project/exclusions_note", "")],
    ),
    Case(
        "exclusion_contradicted",
        "project/exclusions",
        [to("project/exclusions", ("none", "social_economy"))],
    ),
    Case("priority_themes", "project/theme", [OPEN, COMMUNITY], "advice", {"share": 3333}),
    Case("open_route_community", "answers/community", [OPEN], "warning"),
    Case(
        "open_route_applicants",
        "project/theme",
        [OPEN, COMMUNITY, *each("partners", "kind", "enterprise")],
    ),
    Case(
        "open_route_coordinator",
        "partners/drempel/kind",
        [OPEN, COMMUNITY, to("partners/drempel/kind", "enterprise")],
        "warning",
    ),
    Case(
        "duration_over",
        "project/duration",
        [to("project/duration", 13)],
        figures={"months": 13, "most": 12, "excess": 1},
    ),
    Case("duration_zero", "project/duration", [to("project/duration", 0)]),
    Case(
        "start_before_closing",
        "project/start",
        [to("project/start", "2013-04-01")],
        "warning",
        {"first": "2013-04-02"},
    ),
    # --------------------------------------------------------------------- the partners
    Case("partners_none", "partners", without("partners")),
    Case("coordinator_missing", "partners", [to("partners/drempel/role", "co_applicant")]),
    Case(
        "coordinator_several",
        f"{D}/role",
        [to(f"{D}/role", "coordinator")],
        figures={"count": 2, "first": "Gedeelde Drempel"},
    ),
    Case(
        "coordinator_abroad",
        "partners/hospita/role",
        [to("partners/hospita/role", "coordinator"), to("partners/drempel/role", "co_applicant")],
    ),
    Case("abroad_in_belgium", "partners/hospita/country", [to("partners/hospita/country", "be")]),
    Case("brussels_screening", "partners/zennebron/seat", severity="advice", always=True),
    Case(
        "brussels_ground",
        "partners/zennebron/eligibility_ground",
        [to("partners/zennebron/eligibility_ground", "")],
        "warning",
    ),
    Case(
        "foreign_subcontractor",
        "partners/kantlijn/role",
        [to("partners/kantlijn/seat", "abroad"), to("partners/kantlijn/country", "FR")],
        "advice",
    ),
    Case(
        "mix_of_kinds",
        "partners",
        each("partners", "kind", "enterprise"),
        "advice",
        {"kind": "choices.partner_kinds.enterprise"},
    ),
    Case(
        "mix_of_disciplines",
        "partners",
        each("partners", "disciplines", ("design",)),
        "advice",
        {"discipline": "choices.disciplines.design"},
    ),
    Case(
        "enterprise_number_twice",
        "partners/zennebron/enterprise_number",
        [to("partners/zennebron/enterprise_number", "BE 0000 020 289")],
        "warning",
        {"other": "Demerzicht"},
    ),
    Case(
        "partner_name_twice",
        "partners/zennebron/name",
        [to("partners/zennebron/name", "Naam"), to(f"{D}/name", " naam ")],
        "advice",
        {"other": "Demerzicht"},
    ),
    Case(
        "enterprise_numbers_form", "partners", severity="advice", figures={"count": 6}, always=True
    ),
    # -------------------------------------------------------------------- the work plan
    Case("work_packages_none", "work_packages", without("work_packages")),
    Case(
        "outcome_missing",
        "work_packages",
        [NO_OUTCOME],
        figures={"outcome": "choices.outcomes.rollout_plan"},
    ),
    Case(
        "months_reversed",
        f"{WP}/last_month",
        [to(f"{WP}/first_month", 6)],
        figures={"first": 6, "last": 5},
    ),
    Case(
        "month_after_end",
        f"{WP}/last_month",
        [to(f"{WP}/last_month", 14)],
        figures={"month": 14, "duration": 12, "excess": 2},
    ),
    Case(
        "deliverable_after_end",
        f"{WP}/deliverables/d21/month",
        [to(f"{WP}/deliverables/d21/month", 13)],
        figures={"month": 13, "duration": 12, "excess": 1},
    ),
    Case(
        "deliverable_outside",
        f"{WP}/deliverables/d21/month",
        [to(f"{WP}/deliverables/d21/month", 6)],
        "warning",
        {"month": 6, "first": 1, "last": 5},
    ),
    Case(
        "activities_none",
        f"{WP}/activities",
        [Drop(at=f"{WP}/activities/a2{number}") for number in (1, 2, 3, 4)],
        "warning",
    ),
    Case(
        "deliverables_none",
        f"{WP}/deliverables",
        [Drop(at=f"{WP}/deliverables/d2{number}") for number in (1, 2, 3)],
        "warning",
    ),
    Case("partner_without_work", "partners/new", [added("partners")], "advice"),
    # ----------------------------------------------------------------------- the budget
    Case("budget_none", "budget", without("budget")),
    Case(
        "subsidy_over",
        "budget",
        [to(f"{LINE}/subsidy", 131_516 + 5_000_000 - 4_991_143 + 1)],
        figures={"asked": 5_000_001, "most": 5_000_000, "excess": 1},
    ),
    Case("subsidy_none", "budget", each("budget", "subsidy", 0), "warning"),
    Case("amounts_unread", "budget", [to(f"{LINE}/subsidy", "x")], "warning", {"count": 1}),
    Case(
        "line_without_amount",
        f"{LINE}/subsidy",
        [to(f"{LINE}/subsidy", 0), to(f"{LINE}/own_means", "")],
        "warning",
    ),
    Case(
        "line_after_end",
        f"{LINE}/period",
        [to("project/duration", 6)],
        figures={"first": 7, "duration": 6},
    ),
    Case(
        "line_outside_work_package",
        "budget/b03/period",
        [to("budget/b03/period", "m07-12")],
        "advice",
        {"first": 1, "last": 5},
    ),
    Case("partner_without_budget", "partners/new", [added("partners")], "advice"),
    Case(
        "co_applicant_without_subsidy",
        "partners/new",
        [
            added("partners", role="co_applicant"),
            added("budget", partner="new", subsidy=0, own_means=5),
        ],
        "advice",
        {"own": 5},
    ),
    Case("work_package_without_budget", "work_packages/new", [added("work_packages")], "advice"),
    # ----------------------------------------------------------------------- the shares
    Case("foreign_share", "budget", [to("partners/zennebron/seat", "abroad")]),
    Case("subcontracting_share", "budget", [to(f"{D}/role", "subcontractor")]),
    Case(
        "subcontracting_share_abroad",
        "budget",
        [to("partners/hospita/role", "subcontractor")],
        figures={"abroad": 989_101},
    ),
    Case("foreign_share_barred", "budget", call=richer(foreign_share=0)),
    Case("subcontracting_share_barred", "budget", call=richer(subcontracting_share=0)),
    Case("funding_rate", "budget", each("budget", "own_means", 0), call=richer()),
    Case("funding_rate_barred", "budget", call=richer(rate=0)),
    Case("category_share", "budget", each("budget", "category", "overhead"), call=richer()),
    Case("category_share_barred", "budget", call=richer(overhead_share=0)),
    # ----------------------------------------------------------------- the contribution
    Case("contribution_none", "answers/visitors", call=counting(), always=True),
    Case(
        "contribution_over",
        "answers/helpers",
        [to("answers/helpers", 101)],
        "advice",
        {"number": 101, "target": 100},
        counting(),
    ),
    Case(
        "contribution_order",
        "answers/helpers",
        [to("answers/visitors", 3), to("answers/helpers", 4)],
        "warning",
        {"number": 4, "before": 3},
        counting(),
    ),
    # --------------------------------------------------------------------- the criteria
    Case("indicators_none", "indicators", without("indicators"), "warning"),
    Case("actors_none", "actors", without("actors"), "warning"),
    Case("actors_one", "actors", without("actors", keep=1), "advice"),
    Case(
        "empowerment_none",
        "answers/empowerment_kinds",
        [to("answers/empowerment_kinds", ())],
        "warning",
    ),
    # --------------------------------------------------------------------- the capacity
    Case("capacity_missing", f"{D}/capacity", [to(f"{D}/capacity", "")]),
    Case("capacity_missing", "partners/drempel/capacity", [to("partners/drempel/capacity", "")]),
    Case("capacity_no_means", f"{D}/capacity_means", [to(f"{D}/capacity_means", 0)], "warning"),
    # ------------------------------------------------------------------ the attachments
    Case("attachment_not_kept", "attachments/cvs", [to("attachments/cvs/sha256", "")]),
    Case("attachment_not_kept", "attachments/cvs", [to("attachments/cvs/sha256", "A" * 64)]),
    Case("attachment_hollow", "attachments/cvs", [to("attachments/cvs/size", 0)], "warning"),
    Case(
        "attachment_twice",
        "attachments/bevraging",
        [to(f"attachments/{name}/sha256", "a" * 64) for name in ("intentie", "bevraging")],
        "warning",
    ),
    Case(
        "attachment_kind_missing",
        "attachments",
        [to("attachments/cvs/kind", "other")],
        figures={"kind": "choices.attachment_kinds.cv"},
        call=richer(),
    ),
    Case(
        "attachments_large",
        "attachments",
        [to("attachments/cvs/size", 150_000)],
        figures={"size": 211_657, "most": 200_000, "excess": 11_657},
        call=richer(),
    ),
]


def after(edits: list[Edit]) -> Proposal:
    """The example dossier after edits."""
    return apply_all(example_proposal(), edits)[0]


def found(case: Case) -> list[Finding]:
    """The findings of a case's code at its address."""
    findings = check(after(case.edits), case.call or the_call(), case.now)
    return [one for one in findings if one.code == case.code and one.address == case.at]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_speaks_once_where_it_should(case: Case) -> None:
    findings = found(case)
    assert len(findings) == 1
    assert findings[0].severity == case.severity
    assert case.figures.items() <= findings[0].figures.items()
    for language in LANGUAGES:
        text = the_call().words(language).find(f"findings.{case.code}") or ""
        assert {name for name, _ in placeholders(text)} <= findings[0].figures.keys()


@pytest.mark.parametrize("case", [case for case in CASES if not case.always], ids=str)
def test_a_rule_is_silent_on_a_good_dossier(case: Case) -> None:
    """The same call, or the richer one at its usual figures, and the dossier as it was."""
    call = richer() if case.code.endswith("_barred") else case.call or the_call()
    assert case.code not in {finding.code for finding in check(example_proposal(), call)}


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES} == set(codes())


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        ("brussels_screening", [to("partners/zennebron/seat", "flanders")]),
        ("enterprise_numbers_form", each("partners", "enterprise_number", "")),
        ("closing_past", []),
        ("open_route_applicants", [OPEN]),
        ("open_route_coordinator", [OPEN]),
        ("capacity_missing", [to("partners/kladblok/capacity", "")]),
        ("exclusion_touched", [to("project/exclusions", ())]),
        ("needed", [to("partners/hospita/enterprise_number", "")]),
        ("iban_wrong", [to("partners/kladblok/iban", "x")]),
        ("line_outside_work_package", [to(f"{WP}/first_month", "")]),
        ("deliverable_outside", [to(f"{WP}/deliverables/d21/month", 99)]),
        ("month_after_end", [to("project/duration", "")]),
        ("foreign_share", each("budget", "subsidy", "")),
        ("subsidy_none", each("budget", "subsidy", "x")),
        ("contribution_none", [to("answers/helpers", 1)]),
        ("contribution_none", [to("answers/helpers", "veel")]),
        ("contribution_over", [to("answers/helpers", 100)]),
        ("contribution_order", [to("answers/visitors", 4), to("answers/helpers", 4)]),
    ],
    ids=str,
)
def test_a_rule_is_silent_where_it_has_nothing_to_say(code: str, edits: list[Edit]) -> None:
    call = counting() if code.startswith("contribution") else the_call()
    assert code not in {finding.code for finding in check(after(edits), call)}


def test_the_closing_moment_itself_is_in_time() -> None:
    """It is told in the present moment's own time zone, and blocks nothing."""
    zone = timezone(timedelta(hours=-5))
    for moment, closed in ((CLOSING, False), (CLOSING + timedelta(seconds=1), True)):
        findings = check(example_proposal(), the_call(), moment.astimezone(zone))
        assert ("closing_past" in {one.code for one in findings}) is closed
        assert not findings.blocking
