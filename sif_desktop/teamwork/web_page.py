"""Differences as one HTML page that stands alone: no script, nothing from a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from sif_desktop.language import Words
from sif_desktop.teamwork.compare import Difference
from sif_desktop.teamwork.telling import move
from sif_desktop.teamwork.word_marks import Mark

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; max-width: 52rem; margin: 2rem auto;
  padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid; }
h3 { margin-bottom: .25rem; font-size: 1rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
del { background: #f6c9c9; color: #4a0d0d; }
ins { background: #c7e8c7; color: #0c3a0c; }
dt { font-weight: 600; }
dd { margin: 0 0 .25rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
""".strip()


def page(differences: Sequence[Difference], words: Words, old: str, new: str) -> str:
    """The page; `old` and `new` are what the two proposals are called, their files' names say."""
    title = escape(words.say("compare.title", old=old, new=new))
    body = "\n".join(_sections(differences, words)) or f"<p>{escape(words.say('compare.none'))}</p>"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _sections(differences: Sequence[Difference], words: Words) -> Iterator[str]:
    for section, group in groupby(differences, lambda one: one.section):
        yield f"<section>\n<h2>{escape(section)}</h2>"
        for one in group:
            yield from _one(one, words)
        yield "</section>"


def _one(one: Difference, words: Words) -> Iterator[str]:
    if one.kind == "changed":
        yield f"<h3>{escape(one.place)}</h3>"
        yield f'<p class="text">{_marked(one.marks) if one.marks else _values(one, words)}</p>'
        return
    moved = one.kind == "moved"
    said = move(one, words) if moved else words.say(f"compare.{one.kind}", place=one.place)
    yield f"<h3>{escape(said)}</h3>"
    if one.details:
        pairs = (f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in one.details)
        yield f"<dl>{''.join(pairs)}</dl>"


def _values(one: Difference, words: Words) -> str:
    empty = escape(words.say("compare.empty"))
    old = f"<del>{escape(one.old)}</del>" if one.old else empty
    new = f"<ins>{escape(one.new)}</ins>" if one.new else empty
    return f"{old} → {new}"


def _marked(marks: Iterable[Mark]) -> str:
    tags = {"same": "{}", "out": "<del>{}</del>", "in": "<ins>{}</ins>"}
    return "".join(tags[mark.kind].format(escape(mark.text)) for mark in marks)
