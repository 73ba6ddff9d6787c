"""Strips put onto pages, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sif_desktop.document.content import Heading
from sif_desktop.document.strips import Strip


@dataclass(slots=True)
class Page:
    """A page: strips with the distance of their tops from the top of the text.

    `section` is what the head of the page names.
    """

    placed: list[tuple[float, Strip]] = field(default_factory=list)
    section: str = ""

    @property
    def headings(self) -> list[tuple[float, Heading]]:
        """The headings that stand on the page, with their tops."""
        return [(top, strip.heading) for top, strip in self.placed if strip.heading]


class _Composer:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages = [Page()]
        self.top = 0.0
        self.section = ""

    def turn(self) -> None:
        self.pages.append(Page(section=self.section))
        self.top = 0.0

    def place(self, strip: Strip) -> None:
        page = self.pages[-1]
        if page.placed:
            self.top += strip.before
        elif strip.repeat:
            for head in strip.repeat:
                page.placed.append((self.top, head))
                self.top += head.height
        if strip.heading and strip.heading.manner == "section":
            self.section = strip.heading.text
            if not page.section or not page.placed:
                page.section = self.section
        page.placed.append((self.top, strip))
        self.top += strip.height

    def fits(self, group: Sequence[Strip]) -> bool:
        """Whether strips that belong together can all stand on the page as it is."""
        if not self.pages[-1].placed:
            return self.top + group[0].height <= self.height
        end = self.top + sum(strip.before + strip.height for strip in group)
        needed = self.top + group[0].before + group[0].needs
        return max(end, needed) <= self.height + 0.01


def compose(strips: Sequence[Strip], height: float) -> list[Page]:
    """The pages that strips take. A strip higher than a page gets a page of its own."""
    composer = _Composer(height)
    start = 0
    while start < len(strips):
        end = _group_end(strips, start, height)
        group = strips[start:end]
        filled = bool(composer.pages[-1].placed)
        if filled and (group[0].new_page or not composer.fits(group)):
            composer.turn()
        for strip in group:
            composer.place(strip)
        start = end
    return composer.pages


def _group_end(strips: Sequence[Strip], start: int, height: float) -> int:
    """Where the strips that are kept together end; never more than a page of them."""
    end = start + 1
    used = strips[start].height
    while end < len(strips) and strips[end - 1].keep and not strips[end].new_page:
        used += strips[end].before + strips[end].height
        if used > height - sum(head.height for head in strips[start].repeat):
            break
        end += 1
    return end
