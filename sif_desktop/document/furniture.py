"""What stands on every page besides its text: head, foot, and the mark of a draft."""

from __future__ import annotations

from sif_desktop.document import style
from sif_desktop.document.content import Document
from sif_desktop.document.fonts import face
from sif_desktop.document.pages import Page
from sif_desktop.document.strips import Mark, Rule, ending, line
from sif_desktop.language import words

_HEAD = -38.0
_FOOT = style.HEIGHT + 28


def furniture(document: Document, page: Page, number: int, count: int) -> list[Mark]:
    """The head and the foot of a page, measured as its text is. The cover has no head."""
    known = words(document.language)
    marks: list[Mark] = [] if number == 1 else _head(document, page)
    marks.append(Rule(0, _FOOT - 6, style.WIDTH, _FOOT - 6, 0.5, style.RULE))
    digest = known.say("document.foot_digest", digest=document.digest) if document.digest else ""
    digest = face(style.DIGEST.style).clip(digest, style.DIGEST.size, style.WIDTH - 90)
    marks.append(line(digest, 0, _FOOT, style.DIGEST))
    place = known.say("document.page", page=number, pages=count)
    marks.append(ending(place, style.WIDTH, _FOOT, style.FURNITURE))
    return marks


def _head(document: Document, page: Page) -> list[Mark]:
    """The project on the left, the section on the right, and the word draft between them."""
    letters, kind = face(style.FURNITURE.style), style.FURNITURE
    half = style.WIDTH / 2 - 50
    title = face("Bold").clip(document.short_title, kind.size, half)
    marks: list[Mark] = [
        line(title, 0, _HEAD, style.FURNITURE_BOLD),
        ending(letters.clip(page.section, kind.size, half), style.WIDTH, _HEAD, kind),
        Rule(0, _HEAD + 14, style.WIDTH, _HEAD + 14, 0.5, style.RULE),
    ]
    if document.draft:
        word = draft_word(document)
        kind = style.Type("Bold", 7.5, 10.5, style.MARKED)
        middle = style.WIDTH / 2 + face("Bold").width(word, kind.size) / 2
        marks.append(ending(word, middle, _HEAD, kind))
    return marks


def draft_word(document: Document) -> str:
    """The word that marks a draft, in capitals."""
    return words(document.language).say("document.draft_word")
