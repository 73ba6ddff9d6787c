"""Writing a bundle: what others make of it, the same bytes, and nothing half done."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import subprocess
import sys
import textwrap
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bundle import craft

from sif_desktop.bundle.container import payload_digests
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.verify import verify
from sif_desktop.bundle.write import Member, write
from sif_desktop.errors import FileError, IdentityError, NotOursError

AT = datetime(2026, 3, 2, 10, 30, 5, tzinfo=UTC)


def test_openssl_and_sha256sum_accept_what_we_sign(
    tmp_path: Path, good: Path, jan: Identity
) -> None:
    assert craft.others_accept(tmp_path / "apart", good, craft.pem(jan))
    assert verify(good).intact


def test_openssl_accepts_certificates_of_an_authority_and_of_elliptic_curves(
    tmp_path: Path, an: Identity, authority: craft.Authority
) -> None:
    path = craft.bundle(tmp_path / "an.asice", an)
    assert craft.others_accept(tmp_path / "apart", path, authority.pem)
    other = craft.new_authority("Een andere")
    assert not craft.others_accept(tmp_path / "apart2", path, other.pem)


@pytest.mark.parametrize("name", [*craft.PAYLOAD, craft.MANIFEST, craft.SIGNATURE])
def test_openssl_or_sha256sum_refuse_what_we_refuse(
    tmp_path: Path, good: Path, jan: Identity, name: str
) -> None:
    data = good.read_bytes()
    place = next(place for place in craft.places(data) if place.name == name)
    # The last byte of a signature file belongs to the signature's value; of a manifest, a digest
    # is changed to another one.
    at = data.index(b"DigestValue>", place.start) + 12 if name == craft.MANIFEST else place.end - 1
    good.write_bytes(craft.changed(data, at, 0x01, repaired=True))
    assert not verify(good).intact
    assert not craft.others_accept(tmp_path / "apart", good, craft.pem(jan))


def test_a_member_that_is_not_signed_is_refused_by_counting(
    tmp_path: Path, good: Path, jan: Identity
) -> None:
    parts = craft.contents(good)
    parts["attachments/002.pdf"] = b"slipped in"
    good.write_bytes(craft.zipped(craft.pieces(parts)))
    assert not verify(good).intact
    assert not craft.others_accept(tmp_path / "apart", good, craft.pem(jan))


def test_the_layout_is_that_of_the_standard(good: Path) -> None:
    data = good.read_bytes()
    assert data[30:38] == b"mimetype" and data[38:69] == b"application/vnd.etsi.asic-e+zip"
    with zipfile.ZipFile(good) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
        order = ["mimetype", *craft.PAYLOAD, craft.MANIFEST, craft.SIGNATURE]
        assert [info.filename for info in infos] == order
        assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.extra or info.comment for info in infos)


def test_the_same_members_give_the_same_bytes(tmp_path: Path, jan: Identity, an: Identity) -> None:
    first = craft.bundle(tmp_path / "a.asice", jan, at=AT).read_bytes()
    again = craft.bundle(tmp_path / "b.asice", jan, at=AT).read_bytes()
    assert first == again
    later = craft.bundle(tmp_path / "c.asice", an).read_bytes()
    until = first.index(b"PK\3\4", craft.places(first)[-2].start) + 30
    assert later[:until] != b"" and later[: until - 30] == first[: until - 30]
    assert payload_digests(tmp_path / "a.asice") == payload_digests(tmp_path / "c.asice")


def test_role_time_and_commitment_are_signed(tmp_path: Path, jan: Identity) -> None:
    path = craft.bundle(tmp_path / "a.asice", jan, at=AT, role="partner: Zorgcirkel é 😀")
    (one,) = verify(path).signatures
    assert (one.role, one.claimed_time) == ("partner: Zorgcirkel é 😀", AT)
    assert one.commitment == "proof_of_approval"
    (other,) = verify(craft.bundle(tmp_path / "b.asice", jan)).signatures
    assert (other.role, other.commitment) == ("coordinator", "proof_of_origin")


def _broken_stream() -> io.BytesIO:
    raise OSError(errno.EIO, "Input/output error")


class _Failing(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(10)


@pytest.mark.parametrize("opener", [_broken_stream, lambda: _Failing(b"x" * 100)])
def test_a_member_that_cannot_be_read_leaves_everything_as_it_was(
    tmp_path: Path, jan: Identity, opener: object
) -> None:
    path = tmp_path / "a.asice"
    path.write_bytes(b"an older bundle")
    bad = Member("attachments/009.pdf", opener)  # type: ignore[arg-type]
    with pytest.raises(FileError) as caught:
        write(path, [*craft.members(), bad], jan)
    assert caught.value.key == "bundle_member_unreadable"
    assert caught.value.figures["file"] == "attachments/009.pdf"
    assert [file.name for file in tmp_path.iterdir()] == ["a.asice"]
    assert path.read_bytes() == b"an older bundle"


class _CancelledError(Exception):
    pass


def test_progress_is_told_and_can_end_the_writing(tmp_path: Path, jan: Identity) -> None:
    told: list[int] = []
    craft.bundle(tmp_path / "a.asice", jan, progress=told.append)
    assert told == sorted(told) and told[-1] == sum(map(len, craft.PAYLOAD.values()))

    def cancel(done: int) -> None:
        raise _CancelledError

    with pytest.raises(_CancelledError):
        craft.bundle(tmp_path / "b.asice", jan, progress=cancel)
    assert [file.name for file in tmp_path.iterdir()] == ["a.asice"]


@pytest.mark.parametrize("call", ["fsync", "open", "replace"])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, jan: Identity, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*args: object, **rest: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileError) as caught:
        craft.bundle(tmp_path / "a.asice", jan)
    monkeypatch.undo()
    assert caught.value.key == "bundle_not_written"
    assert caught.value.figures["reason"] == os.strerror(errno.ENOSPC)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, jan: Identity) -> None:
    with pytest.raises(FileError, match="bundle_not_written"):
        craft.bundle(tmp_path / "nowhere" / "a.asice", jan)


def test_an_expired_identity_does_not_sign(tmp_path: Path, authority: craft.Authority) -> None:
    old = craft.issued_by(authority, "Te Laat", days=(-400, -1))
    with pytest.raises(IdentityError, match="identity_expired"):
        craft.bundle(tmp_path / "a.asice", old)
    assert not list(tmp_path.iterdir())


def test_a_key_that_fails_is_told_without_a_traceback(
    tmp_path: Path, jan: Identity, capfd: pytest.CaptureFixture[str]
) -> None:
    def gone() -> object:
        raise RuntimeError("no card in the reader")

    card = Identity(jan.name, "", jan.fingerprint, "pkcs11", jan.certificate, gone)  # type: ignore[arg-type]
    with pytest.raises(IdentityError) as caught:
        craft.bundle(tmp_path / "a.asice", card)
    assert caught.value.key == "identity_cannot_sign"
    assert caught.value.figures["reason"] == "no card in the reader"
    assert not list(tmp_path.iterdir()) and capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "names",
    [
        ["../x"],
        ["/x"],
        ["mimetype"],
        ["META-INF/x"],
        ["meta-inf/x"],
        ["a b"],
        ["é"],
        ["a", "a"],
        ["a", "A"],
        ["con"],
        [],
    ],
)
def test_names_that_are_not_ours_are_a_fault_of_the_program(
    tmp_path: Path, jan: Identity, names: list[str]
) -> None:
    with pytest.raises(ValueError, match="member"):
        write(tmp_path / "a.asice", [Member(name, io.BytesIO) for name in names], jan)
    assert not list(tmp_path.iterdir())


def _in_a_child(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_large_members_are_streamed(tmp_path: Path) -> None:
    """Writing and verifying 40 MB may take at most 4 MB more than doing it with 1 MB."""
    code = """
        import io, sys, tracemalloc
        from pathlib import Path
        from sif_desktop.bundle.identity import ephemeral
        from sif_desktop.bundle.verify import verify
        from sif_desktop.bundle.write import Member, write

        class Zeros(io.RawIOBase):
            def __init__(self, size): self.left = size
            def readable(self): return True
            def readinto(self, buffer):
                count = min(len(buffer), self.left)
                buffer[:count] = b"z" * count
                self.left -= count
                return count

        me, path = ephemeral("Jan"), Path(sys.argv[1])
        write(path, [Member("a.bin", lambda: io.BytesIO(b"loads the libraries"))], me)
        assert verify(path).intact
        for size in (1, 40):
            tracemalloc.start()
            member = Member("a.bin", lambda: io.BufferedReader(Zeros(size * 2**20), 2**20))
            write(path, [member], me)
            verdict = verify(path)
            assert verdict.intact and verdict.members[0].size == size * 2**20
            print(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    """
    small, large = map(int, _in_a_child(code, str(tmp_path / "a.asice")).split())
    assert (tmp_path / "a.asice").stat().st_size > 40 * 2**20
    assert large - small < 4 * 2**20


@pytest.mark.parametrize("limit", [40, 200, 1000, 2000])
def test_bundles_of_more_than_two_gigabytes(
    tmp_path: Path, jan: Identity, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """Where numbers of 32 bits do not reach, wider ones are written: here from small sizes on."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    large = Member("attachments/002.bin", lambda: io.BytesIO(bytes(1500)))
    write(tmp_path / "a.asice", [*craft.members(), large], jan)
    data = (tmp_path / "a.asice").read_bytes()
    assert b"PK\6\6" in data and b"PK\6\7" in data
    assert verify(tmp_path / "a.asice").intact
    assert craft.others_accept(tmp_path / "apart", tmp_path / "a.asice", craft.pem(jan))
    at = data.index(b"PK\6\6")
    for place in (4, 16, 20, 24, 32, 40, 48, 56 + 4, 56 + 8, 56 + 16):
        (tmp_path / "b.asice").write_bytes(craft.flipped(data, at + place, 1))
        with contextlib.suppress(NotOursError):
            assert not verify(tmp_path / "b.asice").intact


def test_a_stream_that_cannot_be_wound_is_counted_first(tmp_path: Path, jan: Identity) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *args: object) -> int:
            raise io.UnsupportedOperation

    data = b"x" * 3_000_000
    write(tmp_path / "a.asice", [Member("a.bin", lambda: Pipe(data))], jan)
    write(tmp_path / "b.asice", [Member("a.bin", lambda: io.BytesIO(data))], jan)
    until = len(data)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.asice", "b.asice"))
    assert first[:until] == second[:until]
    assert verify(tmp_path / "a.asice").intact


def test_nothing_heavy_is_loaded_until_it_is_needed(tmp_path: Path, good: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from sif_desktop.bundle import identity, verify, write
        from sif_desktop.bundle.container import payload_digests, read_members
        payload_digests(Path(sys.argv[1]))
        read_members(Path(sys.argv[1]), ["proposal.json"])
        heavy = ("pyhanko", "asn1crypto", "cryptography", "lxml")
        print([name for name in heavy if name in sys.modules])
    """
    assert _in_a_child(code, str(good)).strip() == "[]"
