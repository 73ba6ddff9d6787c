"""The people of the example dossier at their own laptops, for the story of a bid together.

Each has a folder of the program's own; what they do goes through the commands, or, for filling in,
through a session as the window holds one.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bundle import craft, tokens

from sif_desktop.app import settings
from sif_desktop.app.opening import open_session
from sif_desktop.app.session import Session
from sif_desktop.cli.main import main

PASSPHRASE = "een lange wachtwoordzin"


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said on both streams."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it told another program."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Person:
    """Somebody who signs for the partner with this id; `folder` is their laptop."""

    partner: str
    name: str
    folder: Path

    def file(self, name: str) -> Path:
        """A file on this laptop."""
        return self.folder / name

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Whatever is done meanwhile is done on this laptop."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SIF_DESKTOP_HOME", str(self.folder / "home"))
            patch.setenv("SIF_DESKTOP_PASSPHRASE", PASSPHRASE)
            yield

    def does(self, *words: str | Path, code: int = 0) -> Said:
        """Gives a command, which must end with this code."""
        out, err = io.StringIO(), io.StringIO()
        with self.at_work(), redirect_stdout(out), redirect_stderr(err):
            got = main([str(word) for word in words])
        said = Said(got, out.getvalue(), err.getvalue())
        assert said.code == code, f"{words}: {said}"
        assert PASSPHRASE not in said.out + said.err
        return said

    @contextmanager
    def opens(self, file: Path) -> Iterator[Session]:
        """Works in a draft; the acts are written down under this person's name."""
        with self.at_work():
            settings.save(author=self.name)
            with open_session(file) as session:
                assert not session.read_only
                yield session


def hired(folder: Path, partner: str, name: str) -> Person:
    """A person with an empty laptop."""
    (folder / partner).mkdir()
    return Person(partner, name, folder / partner)


class Office:
    """An authority that gives out PKCS#12 files, made with `openssl` alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.root = folder / "root.pem"
        usage = "keyUsage=critical,keyCertSign,cRLSign"
        self._openssl(
            *("req", "-x509", *_NEW_KEY, "-keyout", "root.key", "-out", "root.pem", "-days", "30"),
            *("-subj", "/CN=Proefautoriteit", "-addext", usage),
        )

    def give(self, name: str, organisation: str, out: Path) -> None:
        """Gives somebody a key with a certificate for signing."""
        (self._folder / "usage").write_text("keyUsage=critical,nonRepudiation\n", encoding="ascii")
        subject = f"/CN={name}/O={organisation}"
        self._openssl(
            *("req", *_NEW_KEY, "-keyout", "own.key", "-out", "own.csr"),
            *("-utf8", "-subj", subject),
        )
        self._openssl(
            *("x509", "-req", "-in", "own.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-days", "20", "-extfile", "usage", "-out", "own.pem"),
        )
        self._openssl(
            *("pkcs12", "-export", "-in", "own.pem", "-inkey", "own.key", "-certfile", "root.pem"),
            *("-passout", "env:P12", "-out", str(out)),
        )

    def _openssl(self, *words: str) -> None:
        done = subprocess.run(
            ["openssl", *words],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "P12": PASSPHRASE},
        )
        assert done.returncode == 0, done.stderr


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@contextmanager
def card_in_reader(folder: Path) -> Iterator[tokens.Card]:
    """A card that is laid out as the eID is, in the only reader; its PIN is typed when asked."""
    with pytest.MonkeyPatch.context() as patch:
        conf = tokens.configure(folder)
        patch.setenv("SOFTHSM2_CONF", conf)
        patch.setenv("SIF_DESKTOP_PIN", tokens.PIN)
        tokens.init(conf, "BELPIC")
        yield tokens.eid()


def accepted_by_others(bundle: Path, folder: Path, authorities: list[bytes]) -> int:
    """How many signatures of a bundle `openssl` and `sha256sum` accept; all of them, or it fails.

    The bundle is taken apart by Python's own reader.
    """
    assert craft.others_accept(folder, bundle, b"".join(authorities))
    return sum(name.endswith(".p7s") for name in craft.contents(bundle))
