"""The readers of the small files in the user's own folder, and of the texts of a call.

What is set, pinned or remembered may have been damaged, or put there by somebody else: it is used
as far as it makes sense, and never stands in the way of what is set next.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import mutations
import readers_of
from forms_of_tests import FORMS, PRIZE, prize
from readers_of import Reader
from readers_trust import at_home, empty
from sheets.workbooks import plain
from teamwork.small import small

from sif_desktop.app import opening, payload, pins, recent, settings, sheet
from sif_desktop.app.transfer import entries
from sif_desktop.bundle.middleware import find_module
from sif_desktop.calls import folder as calls
from sif_desktop.calls.schema import schema
from sif_desktop.cli.reading import outline
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Change, Set, apply_all, make_change
from sif_desktop.rules.audit import usable
from sif_desktop.rules.check import check
from sif_desktop.rules.words import place, sentence
from sif_desktop.sheets.mapping import Rename
from sif_desktop.sheets.read import read as read_book
from sif_desktop.sheets.tables import heading_keys
from sif_desktop.teamwork.compare import compare
from sif_desktop.teamwork.telling import lines

FINGERPRINT = "0123456789abcdef" * 4


def _own(name: str, seed: Any, use: Callable[[], None], change: Callable[[Path], None]) -> Reader:
    """The reader of a file in the user's own folder: what is read in it is used, and then, in a
    copy of the folder, something new is put in and has to be there."""
    data = json.dumps(seed, ensure_ascii=False, indent=1).encode()

    def read(path: Path) -> None:
        with at_home(path.parent):
            use()
        with empty(path.parent.parent / "written") as home, at_home(home):
            file = Path(shutil.copy(path, home / name))
            change(file)
            left = {one.name for one in home.iterdir()}
            assert left == {name}, left

    return Reader(name, name, lambda _: [data], mutations.json_bent, read, 1)


# ------------------------------------------------------------------- in the user's folder

_SETTINGS = {
    "language": "fr",
    "author": "Noëlla Vanderzenne",
    "scheme": "dark",
    "card_module": "~/lib/libbeidpkcs11.so",
    "trusted": "/home/noella/gezagen",
}


def _use_settings() -> None:
    """The author stands with an act in the history, and with the packet; the module is opened."""
    kept = settings.load()
    assert kept.language in settings.LANGUAGES and kept.scheme in settings.SCHEMES
    _, change = make_change(
        small(), [Set(at="project/title", value="T")], author=opening.author(), label="edit"
    )
    assert Change.model_validate_json(change.model_dump_json()) == change
    try:
        find_module(kept.card_module)
    except SifError as error:
        str(error.figures.get("file", "")).encode()


def _change_settings(_: Path) -> None:
    for language in LANGUAGES:
        settings.save(language=language, author="Bo")
        assert (settings.load().language, settings.load().author) == (language, "Bo")


_RECENT = [
    {
        "path": f"/home/noella/{name}.sif",
        "title": "Dakdelers: jong en oud",
        "changed": "2013-03-01T10:00:00+00:00",
        "completeness": 80,
        "call": "oproep-sociale-innovatie",
        "open": name == "b",
    }
    for name in ("a", "b", "c")
]


def _use_recent() -> None:
    for one in (*recent.recent(), *recent.left_open()):
        assert one.exists in (True, False)
        assert one.moment is None or one.moment.year > 0
        f"{one.path}{one.title}{one.call}{one.completeness:d}".encode()


def _change_recent(_: Path) -> None:
    for name in ("x", "y"):
        recent.remember(recent.RecentDraft(f"/{name}.sif", title="Nieuw"))
        assert recent.recent()[0].path == f"/{name}.sif"
    recent.forget("/y.sif")
    assert recent.recent()[0].path == "/x.sif"


_PINS = {
    "ab" * 32: {"name": "Els Wouters", "since": "2013-02-01"},
    "0f" * 32: {"name": "", "since": ""},
}


def _use_pins() -> None:
    for fingerprint, pin in pins.pinned().items():
        assert pins.cleaned(fingerprint) == fingerprint
        f"{pin.name}{pin.since}".encode()


def _change_pins(file: Path) -> None:
    """Another pin comes among those that there are, or all stays as it is."""
    before = file.read_bytes()
    known = pins.pinned()
    try:
        pins.pin(FINGERPRINT, "An Claes")
    except SifError:
        assert file.read_bytes() == before
        raise
    assert pins.pinned() == {**known, FINGERPRINT: pins.pinned()[FINGERPRINT]}
    assert pins.unpin(FINGERPRINT) == 1
    assert pins.pinned() == known


_HEADS = ["Kost", "Soort", "WP", "Bedrag"]


@cache
def _foreign(folder: Path) -> Path:
    """A spreadsheet of a partner with headings of its own."""
    rows: list[list[object]] = [_HEADS, ["Medewerker", "loon", "w1", 1000.5], ["Zaal", "x", "", 2]]
    return plain(folder / "foreign.xlsx", rows)


def _mappings(folder: Path) -> list[bytes]:
    key = next(iter(heading_keys(read_book(_foreign(folder)))))
    words = {"category": {"loon": "staff"}, "period": {"": "m01-06"}}
    headings = {"kost": "description", "soort": "category", "wp": "work_package"}
    own = {"sheet": list(key), "headings": {**headings, "bedrag": "subsidy"}, "words": words}
    other = {"sheet": ["a", "b"], "headings": {"a": "subsidy"}, "words": {}}
    return [json.dumps([own, other]).encode()]


def _read_mappings(path: Path) -> None:
    """Reads the spreadsheet by the mapping that is remembered; another one can be told."""
    book = read_book(_foreign(path.parent.parent))
    with at_home(path.parent):
        errors = []
        try:
            found = sheet.look(small(), _small_call(), book.path, partner="p1").changes
            apply_all(small(), found.edits)
        except SifError as error:
            errors.append(error)
    with empty(path.parent.parent / "written") as home, at_home(home):
        shutil.copy(path, home / path.name)
        key = next(iter(heading_keys(book)))
        told = Rename({"kost": "description"}, {"category": {"loon": "staff"}})
        sheet.remember(key, told)
        assert sheet.remembered(book) == told
        assert [one.name for one in home.iterdir()] == [path.name]
    if errors:
        raise errors[0]


def _small_call() -> Any:
    return readers_of.sources.call_of(small())


# ------------------------------------------------------------------------- texts of a call


def _texts(_: Path) -> list[bytes]:
    """The texts of a form, each behind a line that says of which language."""
    names = [f"texts/{language}.toml" for language in LANGUAGES]
    return [f"# {one}\n".encode() + (FORMS / PRIZE / one).read_bytes() for one in names]


def _read_texts(path: Path) -> None:
    """Says all that a form has to say, in each language, with the texts of a stranger."""
    call = usable(calls.read(path))
    bare = prize(project={}, budget=[{"id": "b1", "category": "x", "subsidy": "veel"}])
    for language in LANGUAGES:
        words = call.words(language)
        for proposal in (prize(), bare):
            findings = check(proposal, call)
            for finding in findings:
                sentence(finding, words).encode()
                place(proposal, call, words, finding.address).encode()
            "".join(outline(proposal, call, language)).encode()
            for one in entries(proposal, call, words):
                f"{one.section}{one.item}{one.label}{one.text}".encode()
        "".join(lines(compare(bare, prize(), call, language), words)).encode()
        json.dumps(schema(call, language), ensure_ascii=False).encode()
    if _seldom(path):
        payload.pdf(prize(), call, check(prize(), call), draft=True)


def _seldom(path: Path) -> bool:
    """Whether the PDF is made too, which takes long: for one in thirty."""
    return sum(one.stat().st_size for one in (path / "texts").iterdir()) % 30 == 0


def _texts_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Texts in which the line that says of which language they are stays."""
    head, _, rest = data.partition(b"\n")
    bend = chance.choice((mutations.lines_bent, _words_bent))
    return head + b"\n" + bend(rest, [one.partition(b"\n")[2] for one in others], chance)


def _words_bent(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """A text in which a sentence says something else: signs, and places for figures."""
    parts = data.split(b'"')
    at = chance.randrange(1, max(2, len(parts)), 2) if len(parts) > 1 else 0
    odd = ("{amount}", "{0}", "{", "}}", "{x:money}", "{a.b}", "{a[0]}", "{:>99999999}", "<b>", "&")
    new = chance.choice((*odd, *mutations.TEXTS)).encode("utf-8", "replace")
    new = new.replace(b"\\", b"").replace(b'"', b"").replace(b"\0", b"\\u0001")
    parts[at] = chance.choice((new, parts[at] + b" " + new))
    return b'"'.join(parts)


ALL = (
    _own("settings.json", _SETTINGS, _use_settings, _change_settings),
    _own("recent.json", _RECENT, _use_recent, _change_recent),
    _own("pinned.json", _PINS, _use_pins, _change_pins),
    Reader(
        "sheet mappings", "sheet_mappings.json", _mappings, mutations.json_bent, _read_mappings, 1
    ),
    Reader(
        "call texts",
        PRIZE,
        _texts,
        _texts_bent,
        _read_texts,
        1,
        readers_of.put_call,
        readers_of.get_call,
    ),
)
"""These readers, with their shares."""
