"""The cover of the dossier, with its key figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sif_desktop import language, money
from sif_desktop.calls.targets import share_of_target, target_fields, target_of
from sif_desktop.document.closing import bottom_line
from sif_desktop.document.content import Cover, KeyFigure, KeyFigures, Meter, Tone
from sif_desktop.document.material import Material, basis_points, present
from sif_desktop.document.prose import line


def cover(m: Material) -> Cover:
    """The cover."""
    project = m.proposal.project
    edition = line(m.proposal.edition or m.call.edition)
    coordinator = [line(p.name) for p in m.proposal.partners if p.role == "coordinator"]
    return Cover(
        call=line(m.text("call.title", m.call.id)),
        edition=m.say("edition", edition=edition) if edition else "",
        kicker=m.say("kicker"),
        title=line(project.title) or m.say("untitled"),
        acronym=line(project.acronym),
        coordinator=(
            (m.say("coordinator"), ", ".join(present(coordinator)) or m.say("empty"))
            if m.asks("partners") or m.proposal.partners
            else ("", "")
        ),
        figures=KeyFigures(tuple(_figures(m))),
        bottom_line=bottom_line(m),
        state=m.say("state_draft") if m.draft else m.say("state_final"),
    )


def _figures(m: Material) -> Iterator[KeyFigure]:
    whole = m.sums.whole
    yield KeyFigure(
        m.say("cost"), _euro(m, whole.total), m.count("lines_count", len(m.proposal.budget))
    )
    yield _subsidy(m)
    if "own_means" in m.line_parts:
        yield KeyFigure(
            m.say("own_means"),
            _euro(m, whole.own_means),
            m.say("share_of_cost", share=basis_points(whole.own_means, whole.total)),
        )
    project = m.proposal.project
    if m.asks("project/duration") or project.duration != "":
        yield _duration(m)
    if m.asks("partners") or m.proposal.partners:
        yield _partners(m)
    if m.asks("project/theme") or project.theme:
        yield _theme(m)
    yield from _targets(m)
    yield from _shares(m)
    packages = m.proposal.work_packages
    if m.call.section_at("work_packages"):
        count = sum(len(package.deliverables) for package in packages)
        note = m.count("deliverables_count", count)
        yield KeyFigure(m.say("work_packages"), str(len(packages)), note)


def _euro(m: Material, cents: int) -> str:
    return m.say("euro", amount=cents)


def _subsidy(m: Material) -> KeyFigure:
    asked = m.sums.whole.subsidy
    most = m.ceiling("subsidy_over", "most")
    if most is None:
        return KeyFigure(m.say("subsidy"), _euro(m, asked))
    share = basis_points(asked, most, 10_000)
    return KeyFigure(
        m.say("subsidy"),
        _euro(m, asked),
        m.say("at_most_euro", most=most),
        Meter(share, 10_000),
        _tone(asked <= most),
    )


def _duration(m: Material) -> KeyFigure:
    project = m.proposal.project
    start = language.day(line(project.start), m.words.language) if project.start else ""
    note = m.say("from_day", day=start) if start else m.say("start_unknown")
    duration = project.duration
    value = m.count("months_count", duration) if isinstance(duration, int) else line(duration)
    most = m.ceiling("duration_over", "most")
    fits = most is None or not isinstance(duration, int) or duration <= most
    return KeyFigure(m.say("duration"), value or "–", note, tone=_tone(fits))


def _partners(m: Material) -> KeyFigure:
    """The number of partners, and of each role."""
    roles = Counter(partner.role for partner in m.proposal.partners)
    field = m.call.field_at("partners/*/role")
    order = m.call.choices.get(field.choices or "", ()) if field else ()
    counts = [
        f"{m.choice_at('partners/*/role', role)}: {roles[role]}" for role in order if roles[role]
    ]
    return KeyFigure(m.say("partners"), str(len(m.proposal.partners)), "; ".join(counts))


def _theme(m: Material) -> KeyFigure:
    project = m.proposal.project
    theme = m.choice_at("project/theme", project.theme) if project.theme else "–"
    node = m.choice_at("project/second_node", project.second_node) if project.second_node else ""
    return KeyFigure(m.say("theme"), theme, m.say("also_node", node=node) if node else "")


def _targets(m: Material) -> Iterator[KeyFigure]:
    """The numbers that add to a target of the call, against it."""
    for field in target_fields(m.call):
        value = m.held(field, None)
        share, target = share_of_target(m.call, field, value), target_of(m.call, field)
        note = m.say("of_target", target=target)
        number = language.number(value, m.words.language) if isinstance(value, int) else ""
        meter = Meter(min(share, 10_000), 10_000) if share is not None else None
        yield KeyFigure(line(m.label(field)), number or "–", note, meter)


def _shares(m: Material) -> Iterator[KeyFigure]:
    whole = m.sums.whole.total
    for rule, key, part in (
        ("foreign_share", "foreign", m.sums.foreign),
        ("subcontracting_share", "subcontracting", m.sums.subcontracting),
    ):
        ceiling = m.ceiling(rule, "ceiling")
        if ceiling is None:
            continue
        fits = money.within_share(part, whole, ceiling)
        yield KeyFigure(
            m.say(key),
            m.share(part, whole, ceiling),
            m.say("at_most_share", most=ceiling),
            Meter(basis_points(part, whole, ceiling), ceiling),
            _tone(fits),
        )


def _tone(fits: bool) -> Tone:
    return "neutral" if fits else "bad"
