"""Secrets stay where they belong, and nothing that we write or read runs or opens anything."""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

import sif_desktop
from sif_desktop.cli.commands import build
from sif_desktop.cli.screen import Screen
from sif_desktop.language import words

SECRET = "zwaluw-Ketel-71-ö-Anker"
WRONG = "mossel-Trompet-28-Wolk"
PROGRAM = Path(sif_desktop.__file__).parent


@dataclass(frozen=True)
class Day:
    """A day of work in a folder: what was written, logged, said, and asked of the system."""

    folder: Path
    said: str
    events: str
    codes: dict[str, list[str]]

    def files(self) -> Iterator[tuple[Path, bytes]]:
        """All that stands in the folder, and what stands packed in it."""
        for file in sorted(self.folder.rglob("*")):
            if file.is_file():
                yield file, file.read_bytes()
                if zipfile.is_zipfile(file):
                    with zipfile.ZipFile(file) as archive:
                        for name in archive.namelist():
                            yield file / name, archive.read(name)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The main job with a new identity, a wrong passphrase, and every kind of export."""
    outside = tmp_path_factory.mktemp("secrets")
    folder = tmp_path_factory.mktemp("day")
    right, wrong = outside / "right", outside / "wrong"
    right.write_text(SECRET, encoding="utf-8")
    wrong.write_text(WRONG, encoding="utf-8")
    draft, bundle = str(folder / "uit" / "voorbeeld.sif"), str(folder / "a.asice")
    commands = [
        ["demo", str(folder / "uit")],
        ["export", draft, bundle, "--passphrase-file", str(right)],
        ["export", draft, str(folder / "b.asice"), "--passphrase-file", str(wrong)],
        ["verify", bundle],
        ["check", draft, "--json"],
        ["pdf", draft, str(folder / "a.pdf")],
        ["sheet", draft, str(folder / "a.xlsx")],
        ["transfer", draft, str(folder / "a.html")],
        ["import", str(folder / "new.sif"), "--from", bundle],
        ["history", draft],
        ["show", str(folder / "a.pdf")],
    ]
    log, events = folder / "everything.log", outside / "events"
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("watched.py"), log, events, json.dumps(commands)],
        env={**os.environ, "SIF_DESKTOP_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    codes: dict[str, list[str]] = {}
    for line in re.findall(r"^(\w+): (\d+)$", done.stdout, re.MULTILINE):
        codes.setdefault(line[0], []).append(line[1])
    said = done.stdout + done.stderr
    return Day(folder, said, events.read_text(encoding="utf-8"), codes)


def spellings(secret: str) -> list[bytes]:
    """A secret as it may stand in a file."""
    plain = secret.encode("utf-8")
    ascii_json = json.dumps(secret)[1:-1].encode()
    wide = [secret.encode(form) for form in ("utf-16-le", "utf-16-be")]
    return [plain, ascii_json, *wide, base64.b64encode(plain), plain.hex().encode()]


def test_the_day_went_as_it_should(day: Day) -> None:
    assert day.codes.pop("export") == ["0", "2"]
    assert all(codes == ["0"] for codes in day.codes.values()), day.said
    assert len(day.codes) == 9
    assert not (day.folder / "b.asice").exists()


def test_no_passphrase_is_in_anything_that_was_written_logged_or_said(day: Day) -> None:
    looked = 0
    for file, data in day.files():
        looked += 1
        for secret in (SECRET, WRONG):
            assert not any(spelling in data for spelling in spellings(secret)), file
    assert looked > 20
    for secret in (SECRET, WRONG):
        assert secret not in day.said


def test_the_key_is_in_one_file_that_its_owner_alone_can_read(day: Day) -> None:
    (file,) = (day.folder / "home").rglob("*.p12")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = load_pkcs12(file.read_bytes(), SECRET.encode("utf-8")).key
    assert key
    assert isinstance(key, RSAPrivateKey)
    numbers = key.private_numbers()
    raw = [one.to_bytes(-(-one.bit_length() // 8), "big") for one in (numbers.p, numbers.d)]
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert all(one in der for one in raw)
    for place, data in day.files():
        assert not any(one in data or one.hex().encode() in data for one in raw), place
        assert b"PRIVATE KEY" not in data, place


def test_nothing_was_started_opened_or_connected_to(day: Day) -> None:
    assert not day.events


def test_no_word_of_the_command_line_is_a_secret() -> None:
    """Other programs can see a command line; only the name of a file with a secret is given."""
    root = build(Screen(words("nl")))
    options = {
        option
        for command in every_command(root)
        for parameter in command.params
        for option in parameter.opts
    }
    assert "--passphrase-file" in options
    secret = re.compile("pass|secret|pin$|--pin|puk|key|geheim|wachtwoord")
    assert {one for one in options if secret.search(one)} <= {"--passphrase-file", "--pinned"}


def every_command(group: Any) -> Iterator[Any]:
    for command in group.commands.values():
        yield command
        if hasattr(command, "commands"):
            yield from every_command(command)


def test_a_crash_report_holds_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from sif_desktop.app.identities import create_default
    from sif_desktop.bundle import identity
    from sif_desktop.ui.crash import report_of

    def fails(*_: object, **given: object) -> None:
        passphrase = given["passphrase"]
        assert passphrase == SECRET
        raise RuntimeError("something that nobody foresaw")

    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path))
    monkeypatch.setattr(identity, "create_default", fails)
    with pytest.raises(RuntimeError) as caught:
        create_default(lambda *_: SECRET, "Jan", "Zorgcirkel vzw")
    report = report_of(caught.value)
    assert "nobody foresaw" in report
    assert SECRET not in report


ACTIONS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/RichMedia")


def test_our_exports_do_nothing_by_themselves(day: Day) -> None:
    """No action in a PDF, no macro, link or data connection in a workbook, no network in HTML."""
    with pikepdf.open(day.folder / "a.pdf") as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                assert not [key for key in ACTIONS if key in one]
                assert one.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/GoToR")
        assert list(pdf.attachments) == ["proposal.json"]
    with zipfile.ZipFile(day.folder / "a.xlsx") as book:
        names = " ".join(book.namelist())
        assert not re.search("vba|externalLink|connection|activeX|embeddings|queryTable", names)
        relations = b"".join(book.read(one) for one in book.namelist() if one.endswith(".rels"))
        assert b"External" not in relations
    page = (day.folder / "a.html").read_text(encoding="utf-8")
    assert not re.search(r"<(iframe|object|embed|link|img|form|a)\b|\ssrc=|url\(", page)
    assert "default-src 'none'" in page


OPENS = {
    "ui/pages/attachments_list.py": "an attachment of a known type, when its button is pressed",
    "ui/folders.py": "the folder of what was written, when its button is pressed",
}


def test_only_a_button_opens_anything() -> None:
    """Each place that hands something to another program is known; none of them is a reader."""
    calls = {"system", "popen", "startfile", "openUrl", "Popen", "eval", "exec"}
    modules = {
        "subprocess",
        "webbrowser",
        "pickle",
        "shelve",
        "marshal",
        "ctypes",
        "socket",
        "http",
    }
    found = set()
    for file in PROGRAM.rglob("*.py"):
        name = file.relative_to(PROGRAM).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                if {one.name.partition(".")[0] for one in node.names} & modules:
                    found.add(name)
            elif isinstance(node, ast.ImportFrom):
                if (node.module or "").partition(".")[0] in modules:
                    found.add(name)
            elif isinstance(node, ast.Call) and called(node) in calls and not is_dialog(node):
                found.add(name)
    assert found == OPENS.keys(), found


def called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_dialog(node: ast.Call) -> bool:
    """Whether `exec` is Qt's: a method, which shows a dialog or runs the loop of events."""
    return called(node) == "exec" and isinstance(node.func, ast.Attribute)
