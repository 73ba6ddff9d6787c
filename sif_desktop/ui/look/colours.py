"""The few colours of the window, computed from two of the system's: paper and ink.

Knows no Qt. Contrast is that of WCAG 2: every pair that shows text has 4.5 to 1 at least, the
edge of an input 3 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

RGB = tuple[int, int, int]

TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0

_ACCENT: RGB = (0x0B, 0x6B, 0x74)
_ERROR: RGB = (0xB4, 0x23, 0x18)
_WARNING: RGB = (0x8A, 0x55, 0x00)
_ADVICE: RGB = (0x2B, 0x5F, 0xA8)
_GOOD: RGB = (0x1F, 0x73, 0x3E)


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours by what they are for. `..._soft` is a quiet ground that text can stand on."""

    page: RGB
    card: RGB
    side: RGB
    field: RGB
    line: RGB
    edge: RGB
    text: RGB
    muted: RGB
    accent: RGB
    on_accent: RGB
    accent_soft: RGB
    error: RGB
    error_soft: RGB
    warning: RGB
    warning_soft: RGB
    advice: RGB
    advice_soft: RGB
    good: RGB
    good_soft: RGB
    dark: bool

    def named(self) -> dict[str, str]:
        """Each colour as #rrggbb by its name, for the style sheet."""
        return {
            field.name: hexadecimal(getattr(self, field.name))
            for field in fields(self)
            if field.name != "dark"
        }


PAIRS = (
    *(
        (ink, ground)
        for ink in ("text", "muted", "accent")
        for ground in ("page", "card", "side", "field")
    ),
    *((ink, "accent_soft") for ink in ("text", "muted", "accent")),
    ("on_accent", "accent"),
    *(
        (ink, ground)
        for ink in ("error", "warning", "advice", "good")
        for ground in ("page", "card", "side", "field")
    ),
    *((ink, f"{ink}_soft") for ink in ("error", "warning", "advice", "good")),
    *(("text", f"{ground}_soft") for ground in ("error", "warning", "advice", "good")),
)
"""Every pair of text and ground that the window shows."""


def colours_from(paper: RGB, ink: RGB) -> Colours:
    """The colours of the window on a system whose inputs are `ink` on `paper`."""
    dark = luminance(paper) < luminance(ink)
    accent = _toward(_ACCENT, ink, 0.55) if dark else _ACCENT
    page = mix(paper, accent, 0.045) if not dark else mix(paper, (0, 0, 0), 0.18)
    card = paper if not dark else mix(paper, ink, 0.025)
    side = mix(page, accent, 0.06)
    field = paper if not dark else mix(page, (0, 0, 0), 0.1)
    grounds = [page, card, side, field]
    soft = 0.09 if not dark else 0.16

    def readable(colour: RGB) -> tuple[RGB, RGB]:
        """A colour that can be read on every ground, and a soft ground of its own."""
        lifted = _toward(colour, ink, 0.45) if dark else colour
        quiet = mix(card, lifted, soft)
        return readable_on(lifted, [*grounds, quiet], ink, TEXT_CONTRAST), quiet

    accent, accent_soft = readable(_ACCENT)
    error, error_soft = readable(_ERROR)
    warning, warning_soft = readable(_WARNING)
    advice, advice_soft = readable(_ADVICE)
    good, good_soft = readable(_GOOD)
    muted = readable_on(mix(ink, paper, 0.36), [*grounds, accent_soft], ink, TEXT_CONTRAST)
    return Colours(
        page=page,
        card=card,
        side=side,
        field=field,
        line=mix(card, ink, 0.13),
        edge=readable_on(mix(card, ink, 0.4), grounds, ink, EDGE_CONTRAST),
        text=ink,
        muted=muted,
        accent=accent,
        on_accent=max(((255, 255, 255), (12, 18, 22)), key=lambda one: contrast(one, accent)),
        accent_soft=accent_soft,
        error=error,
        error_soft=error_soft,
        warning=warning,
        warning_soft=warning_soft,
        advice=advice,
        advice_soft=advice_soft,
        good=good,
        good_soft=good_soft,
        dark=dark,
    )


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`share` of `other` in `one`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _toward(colour: RGB, ink: RGB, share: float) -> RGB:
    return mix(colour, ink, share)


def readable_on(colour: RGB, grounds: list[RGB], ink: RGB, ratio: float) -> RGB:
    """`colour`, moved toward `ink` as far as is needed to be read on all of the grounds."""
    for step in range(21):
        tried = mix(colour, ink, step / 20)
        if all(contrast(tried, ground) >= ratio for ground in grounds):
            return tried
    return ink


def contrast(one: RGB, other: RGB) -> float:
    """The ratio of contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: RGB) -> float:
    """The relative luminance of a colour, from 0 to 1 (WCAG 2)."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def hexadecimal(colour: RGB) -> str:
    """A colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
