"""The figures of one call over all its bundles, in words: for the report and for the window."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.app.intake.across import CallOverview, Overview
from sif_desktop.app.intake.tables import theme_said
from sif_desktop.document import content
from sif_desktop.language import Words, money, number, percent


def _euro(cents: int, words: Words) -> str:
    return f"€\u00a0{money(cents, words.language)}"


def _meter(part: int, whole: int, most: int) -> content.Meter:
    share = part * 10_000 // whole if whole > 0 else 0
    return content.Meter(min(share, 10_000), most)


def money_figures(one: CallOverview, words: Words) -> Iterator[content.KeyFigure]:
    """What is asked, against the money of the call and for the themes that come first."""
    yield content.KeyFigure(
        words.say("intake.report.counted_bundles"), number(one.bundles, words.language)
    )
    note, meter, tone = "", None, "neutral"
    if one.money:
        note = words.say("intake.report.of_money", money=one.money)
        meter = _meter(one.asked, one.money, 10_000)
        tone = "neutral" if one.asked <= one.money else "caution"
    yield content.KeyFigure(
        words.say("intake.sums.asked"),
        _euro(one.asked, words),
        note,
        meter,
        tone,  # type: ignore[arg-type]
    )
    yield content.KeyFigure(words.say("intake.sums.own_means"), _euro(one.own_means, words))
    if one.priority_asked is not None and one.priority_share is not None:
        share = one.priority_asked * 10_000 // one.asked if one.asked else 0
        enough = one.priority_asked * 10_000 >= one.priority_share * one.asked
        yield content.KeyFigure(
            words.say("intake.sums.priority"),
            percent(share, words.language),
            words.say("intake.report.priority_note", share=one.priority_share),
            content.Meter(share, one.priority_share),
            "good" if enough else "caution",
        )


def target_figures(one: CallOverview, words: Words) -> Iterator[content.KeyFigure]:
    """Each number that adds to a target: its sum against the target of the year."""
    own = one.call.words(words.language)
    for target in one.targets:
        yield content.KeyFigure(
            own.say(f"fields.{target.field}.label"),
            number(target.sum, words.language),
            own.say(
                "targets.share", share=target.sum * 10_000 // target.target, target=target.target
            ),
            _meter(target.sum, target.target, 10_000),
            "good" if target.sum >= target.target else "neutral",
        )


def theme_figures(
    one: CallOverview, overview: Overview, words: Words
) -> Iterator[content.KeyFigure]:
    """What is asked in each theme, as a share of what is asked in all; those that come first so."""
    if not any(theme.theme for theme in one.themes):
        return
    for theme in one.themes:
        key = "theme_first" if theme.priority else "theme_bundles"
        yield content.KeyFigure(
            theme_said(overview, one.call.id, theme.theme, words),
            _euro(theme.asked, words),
            words.say(f"window.intake.{key}", count=theme.bundles),
            _meter(theme.asked, one.asked, 10_000),
        )
