"""The readers of this program that strangers' files reach, with real files to begin from."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import mutations
from bundle import craft
from forms_of_tests import FORMS, PRIZE
from store.series import grown

from sif_desktop.app import attaching, demo, payload, sheet, sources
from sif_desktop.bundle.container import member_opener, payload_digests, read_members
from sif_desktop.bundle.identity import ephemeral
from sif_desktop.bundle.verify import verify
from sif_desktop.calls import folder as calls
from sif_desktop.document.embedded import read_proposal
from sif_desktop.errors import SifError
from sif_desktop.model import canonical
from sif_desktop.store.draft import Draft
from sif_desktop.store.packed import digest

# The form of the dossiers is not what is spoiled: it need not be read anew each time.
sources.find = cache(sources.find)

T = TypeVar("T")
Bend = Callable[[bytes, list[bytes], random.Random], bytes]


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _get(path: Path, _: bytes) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


@dataclass(frozen=True)
class Reader:
    """A reader: what it reads, how its files are spoiled, its share of all inputs."""

    name: str
    file: str
    seeds: Callable[[Path], list[bytes]]
    bend: Bend
    read: Callable[[Path], None]
    share: int
    put: Callable[[Path, bytes], None] = _put
    get: Callable[[Path, bytes], bytes] = _get


def by_chance(path: Path, several: Sequence[T]) -> T:
    """One of several, always the same one for the same bytes in a file."""
    return several[zlib.crc32(path.read_bytes()) % len(several)]


def clear(path: Path) -> None:
    """Takes away what stands where inputs are put."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@cache
def example(folder: Path) -> Path:
    """The folder with draft, PDF and bundle of the example dossier."""
    out = folder.parent / "example"
    demo.run(out, "nl")
    return out


def _small_json() -> bytes:
    """A proposal with one item of each list, and what it says in a few words."""
    tree = json.loads(canonical.to_json(demo.example()))

    def short(node: object) -> object:
        if isinstance(node, dict):
            return {key: short(value) for key, value in node.items()}
        if isinstance(node, list):
            return [short(value) for value in node[:1]]
        return node[:40] if isinstance(node, str) else node

    return json.dumps(short(tree), ensure_ascii=False).encode()


def _drafts(folder: Path) -> list[bytes]:
    path = folder / "a.sif"
    grown(path, 7, b"%PDF-1.7\n" * 300)
    with Draft.open(path) as draft:
        draft.name_moment(3, "verstuurd")
    return [path.read_bytes()]


def _read_draft(path: Path) -> None:
    """Opens a draft in both ways and reads all that it can be asked."""
    for read_only in (True, False):
        with Draft.open(path, read_only=read_only) as draft:
            for ask in (draft.history, draft.moments, draft.attachment_digests, draft.sessions):
                with suppress(SifError):
                    ask()
            with suppress(SifError):
                draft.proposal_at(3)
            with suppress(SifError):
                for sha256 in draft.attachment_digests():
                    with draft.open_attachment(sha256) as stream:
                        stream.read()


def draft_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A draft with spoiled bytes; or with rows of a stranger's making, whose digests are right."""
    if chance.random() < 0.6:
        return mutations.spoiled(data, others, chance)
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.deserialize(data)
        _row_bent(db, others, chance)
        return db.serialize()
    finally:
        db.close()


def _row_bent(db: sqlite3.Connection, others: list[bytes], chance: random.Random) -> None:
    act = chance.randrange(4)
    if act == 0:
        ((seq, stamp, tree),) = db.execute("SELECT seq, stamp, tree FROM snapshots").fetchall()[:1]
        new = zlib.compress(mutations.json_bent(zlib.decompress(tree), others, chance))
        sums = (new, digest(seq, stamp, new), seq)
        db.execute("UPDATE snapshots SET tree = ?, digest = ? WHERE seq = ?", sums)
    elif act == 1:
        _change_bent(db, others, chance)
    else:
        table, columns = chance.choice(_ROWS)
        column = chance.choice(columns)
        value = chance.choice((None, -1, 2**62, 1.5, b"", b"\xff" * 40, *mutations.TEXTS))
        with suppress(sqlite3.Error):
            db.execute(f"UPDATE OR REPLACE {table} SET {column} = ?", (value,))


_ROWS = (
    ("head", ("seq", "stamp")),
    ("meta", ("name", "value")),
    ("changes", ("seq", "id", "session", "at", "author", "label", "subject", "body", "stamp")),
    ("snapshots", ("seq", "stamp", "tree", "digest")),
    ("moments", ("seq", "name", "at", "author")),
    ("attachments", ("sha256", "size")),
    ("pieces", ("part", "bytes")),
)


def _change_bent(db: sqlite3.Connection, others: list[bytes], chance: random.Random) -> None:
    """The last change says something else, and all stamps are right."""
    query = "SELECT seq, id, session, at, author, label, subject, body FROM changes ORDER BY seq"
    *_, before, last = db.execute(query).fetchall()
    stamp = db.execute("SELECT stamp FROM changes WHERE seq = ?", (before[0],)).fetchone()[0]
    row = list(last)
    if chance.random() < 0.8:
        row[7] = zlib.compress(mutations.json_bent(zlib.decompress(row[7]), others, chance))
    else:
        row[chance.randrange(1, 7)] = chance.choice(mutations.TEXTS)
    new = digest(stamp, *row)
    db.execute(
        "UPDATE changes SET id=?, session=?, at=?, author=?, label=?, subject=?, body=?, stamp=?"
        " WHERE seq = ?",
        (*row[1:], new, row[0]),
    )
    db.execute("UPDATE head SET stamp = ?", (new,))


def _bundles(folder: Path) -> list[bytes]:
    path = folder / "a.asice"
    parts = {**craft.PAYLOAD, "proposal.json": _small_json()}
    from sif_desktop.bundle.write import write

    write(path, craft.members(parts), ephemeral("Jan Peeters", "Zorgcirkel vzw"))
    return [path.read_bytes()]


def _read_bundle(path: Path) -> None:
    """Verifies a bundle, and reads its members without verifying."""
    verdict = verify(path)
    if verdict.proposal_json is not None and verdict.intact:
        canonical.from_bytes(verdict.proposal_json, str(path))
    payload_digests(path)
    read_members(path, ("proposal.json", "call.json"))
    with member_opener(path, "attachments/001.pdf")() as stream:
        stream.read()
    sources.read(path)


def _pdfs(folder: Path) -> list[bytes]:
    import pikepdf

    whole = (example(folder) / f"{demo.NAME}.pdf").read_bytes()
    found = []
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        del pdf.pages[1:]
        for how in ({"qdf": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}):
            out = io.BytesIO()
            pdf.save(out, **how)
            found.append(out.getvalue())
    return found


def _read_pdf(path: Path) -> None:
    canonical.from_bytes(read_proposal(path), str(path))


def _attachments(folder: Path) -> list[bytes]:
    files = sorted((demo.paths.resources() / "example" / "attachments").iterdir())
    kinds = [b"\x89PNG\r\n\x1a\n" + bytes(200), b"\xff\xd8\xff" + bytes(200), "Tekst é".encode()]
    return [*(file.read_bytes() for file in files[:1]), *kinds, *_sheets(folder)[:1]]


def _attachment_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    bend = mutations.zip_bent if data.startswith(b"PK") else mutations.spoiled
    return bend(data, others, chance)


def _read_attachment(path: Path) -> None:
    """Tells what a file is, counts its pages, and writes a copy to look at."""
    with path.open("rb") as stream:
        media_type = attaching.media_type_of(stream)
    attaching.pages_of(path)
    attaching.title_from(attaching.shown_name(path))
    about = attaching.Attachment(filename=path.name, media_type=media_type)
    home = path.parent.parent / "copies"
    home.mkdir(exist_ok=True)
    try:
        copy = attaching.extract(lambda: path.open("rb"), about, home)
        assert copy.suffix[1:] == payload.ENDINGS[media_type]
        assert not copy.stat().st_mode & 0o111
    except SifError:
        if media_type in payload.ENDINGS:
            raise
    finally:
        shutil.rmtree(home)


@cache
def _small() -> sources.Source:
    """The small proposal, with its call."""
    proposal = canonical.from_bytes(_small_json(), "small")
    return sources.Source("json", Path("small"), proposal, sources.call_of(proposal))


def _sheets(folder: Path) -> list[bytes]:
    path = folder / "a.xlsx"
    sheet.write_sheet(_small(), path, "nl")
    return [path.read_bytes()]


def _read_sheet(path: Path) -> None:
    """Reads a workbook, and looks what it would change."""
    sheet.look(_small().proposal, _small().call, path)


def _jsons(_: Path) -> list[bytes]:
    return [_small_json()]


def _read_json(path: Path) -> None:
    sources.read(path)


_FORM = ("call.toml", "texts/nl.toml", "texts/en.toml", "texts/fr.toml")


def _calls(_: Path) -> list[bytes]:
    """The files of a form, each behind a line that says which it is."""
    home = FORMS / PRIZE
    return [f"# {name}\n".encode() + (home / name).read_bytes() for name in _FORM]


def put_call(path: Path, data: bytes) -> None:
    """A folder of a form, of which one file is replaced."""
    clear(path)
    shutil.copytree(FORMS / PRIZE, path)
    _place_of(path, data).write_bytes(data)


def _place_of(path: Path, data: bytes) -> Path:
    told = data[2:60].partition(b"\n")[0].decode("latin-1")
    return path / (told if told in _FORM else _FORM[zlib.crc32(data) % len(_FORM)])


def get_call(path: Path, data: bytes) -> bytes:
    return hashlib.sha256(_place_of(path, data).read_bytes()).digest()


def _read_call(path: Path) -> None:
    calls.read(path)


def _carried(_: Path) -> list[bytes]:
    return [calls.read(FORMS / PRIZE).model_dump_json().encode()]


def _read_carried(path: Path) -> None:
    sources.carried_call(path.read_bytes(), str(path))


ALL = (
    Reader("draft", "a.sif", _drafts, draft_bent, _read_draft, 3),
    Reader("bundle", "a.asice", _bundles, mutations.zip_bent, _read_bundle, 4),
    Reader("pdf", "a.pdf", _pdfs, mutations.spoiled, _read_pdf, 3),
    Reader("attachment", "a.bin", _attachments, _attachment_bent, _read_attachment, 2),
    Reader("sheet", "a.xlsx", _sheets, mutations.zip_bent, _read_sheet, 3),
    Reader("json", "a.json", _jsons, mutations.json_bent, _read_json, 3),
    Reader("call folder", PRIZE, _calls, mutations.lines_bent, _read_call, 2, put_call, get_call),
    Reader("call json", "a.json", _carried, mutations.json_bent, _read_carried, 1),
)
"""These readers, with their shares."""

NAIVE = Reader(
    "naive",
    "a.json",
    _jsons,
    mutations.json_bent,
    lambda path: json.loads(path.read_bytes())["project"]["title"].strip(),
    0,
)
"""The control."""
