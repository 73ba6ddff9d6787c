"""A finding in words: what is wrong and what would mend it, and where that is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sif_desktop.calls.call import Call
from sif_desktop.errors import EditError
from sif_desktop.language import Words
from sif_desktop.model.address import parse
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Figure, Finding

NAMED = frozenset({"outcome", "exclusion", "kind", "discipline", "criterion"})
"""The figures that are keys of a call's texts: they are said in the words' language."""

SEPARATOR = " › "


def sentence(finding: Finding, words: Words) -> str:
    """What a finding says, as plain text with its figures; its code where there are no words."""
    key = f"findings.{finding.code}"
    if words.find(key) is None:
        return finding.code
    return words.say(key, **{name: _said(name, f, words) for name, f in finding.figures.items()})


def _said(name: str, figure: Figure, words: Words) -> Figure:
    """A figure for its sentence; a key of a text that is not there is shown without its path."""
    if name not in NAMED or not isinstance(figure, str):
        return figure
    return words.find(figure) or figure.rpartition(".")[2]


def severity(finding: Finding, words: Words) -> str:
    """How grave a finding is, in a word."""
    return words.find(f"severities.{finding.severity}") or finding.severity


def place(proposal: Proposal, call: Call, words: Words, address: str) -> str:
    """Where an address is, in words: "Partner Zorgcirkel › KBO-nummer".

    An address of nothing that is there is told as far as it can be understood.
    """
    return places(proposal, call, words)(address)


def places(proposal: Proposal, call: Call, words: Words) -> Callable[[str], str]:
    """`place` for many addresses of one proposal: its lists are looked through once."""
    return partial(_place, call, words, _Lists(proposal, words))


def _place(call: Call, words: Words, lists: _Lists, address: str) -> str:
    try:
        parse(address)
    except EditError:
        return address
    steps = address.split("/")
    if steps[0] in ("project", "answers") or len(steps) == 1:
        return _single(call, words, address)
    said = [lists.item(steps[0], "", steps[1])]
    if len(steps) > 3:
        said.append(lists.item(steps[2], steps[1], steps[3]))
    if len(steps) % 2:
        said.append(_label(call, words, address) or _list(words, steps[-1]))
    return SEPARATOR.join(said)


def _single(call: Call, words: Words, address: str) -> str:
    """A field that stands alone with its section, a whole list, or something of the program."""
    section = call.section_at(address)
    title = words.find(f"sections.{section.id}.title") if section else None
    label = _label(call, words, address)
    if label is None and (title is None or "/" in address):
        label = words.find(f"places.{address.partition('/')[0]}") or address
        title = None
    return SEPARATOR.join(part for part in (title, label) if part)


def _label(call: Call, words: Words, address: str) -> str | None:
    """The label of the field at an address, or None where no field asks for it."""
    field = call.field_at(address)
    return (words.find(f"fields.{field.id}.label") or field.id) if field else None


def _list(words: Words, name: str) -> str:
    """The name of a list within an item, or of a value that no field asks for."""
    return words.find(f"lists.{name}.many") or words.find(f"places.{name}") or name


class _Lists:
    """The items of a proposal's lists by their id, with their number and their name."""

    def __init__(self, proposal: Proposal, words: Words) -> None:
        self._proposal = proposal
        self._words = words
        self._known: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}

    def item(self, name: str, owner: str, key: str) -> str:
        """What an item is called: "Partner Zorgcirkel", "Werkpakket 2", "Begroting, regel 12"."""
        if (name, owner) not in self._known:
            self._known[name, owner] = self._look(name, owner)
        number, called = self._known[name, owner].get(key, (0, ""))
        if not number:
            return self._say(f"{name}_gone", key)
        return self._say(name, called) if called else self._say(f"{name}_number", str(number))

    def _look(self, name: str, owner: str) -> dict[str, tuple[int, str]]:
        holder: object = self._proposal
        if owner:
            holder = next((one for one in self._proposal.work_packages if one.id == owner), None)
        items = getattr(holder, name, ())
        return {item.id: (place, _name(name, item)) for place, item in enumerate(items, 1)}

    def _say(self, key: str, called: str) -> str:
        found = self._words.find(f"places.{key}")
        return self._words.say(f"places.{key}", name=called) if found else called


def _name(list_name: str, item: object) -> str:
    """What an item goes by. Only partners have names short enough; others have their number."""
    if list_name != "partners":
        return ""
    called = (str(getattr(item, name))[:200].split() for name in ("short_name", "name"))
    text = next((" ".join(words) for words in called if words), "")
    return text if len(text) <= 60 else f"{text[:59]}…"
