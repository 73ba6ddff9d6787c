"""Co-signing on copies and uniting them: same payload, all signatures, whatever the order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bundle import craft

from sif_desktop.bundle.cades import partner_role
from sif_desktop.bundle.cosign import cosign
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.unite import unite
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import FileError, IdentityError, NotOursError, SifError

AT = datetime(2026, 3, 2, 10, 30, 5, tzinfo=UTC)
ROLE = partner_role("Buurtwerk vzw")
FIVE = ("An Claes", "Bo Dupont", "Cleo Maes", "Dirk Ooms", "Els Wouters")


@pytest.fixture(scope="module")
def partners(authority: craft.Authority) -> list[Identity]:
    """Five partners. RSA signs alike each time."""
    return [craft.issued_by(authority, name, "rsa2048", days=(-400, 400)) for name in FIVE]


@pytest.fixture(scope="module")
def coordinator(authority: craft.Authority) -> Identity:
    """The first signer, with a certificate of the same authority for `openssl`."""
    return craft.issued_by(authority, "Jan Peeters", "rsa2048", days=(-400, 400))


@pytest.fixture(scope="module")
def copies(
    tmp_path_factory: pytest.TempPathFactory, coordinator: Identity, partners: list[Identity]
) -> list[Path]:
    """The copies of one bundle, each signed by one partner."""
    folder = tmp_path_factory.mktemp("copies")
    first = craft.bundle(folder / "bundle.asice", coordinator, at=AT)
    paths = []
    for place, partner in enumerate(partners):
        paths.append(folder / f"copy{place}.asice")
        cosign(first, paths[-1], partner, role=partner_role(partner.name), at=AT)
    return paths


def payload(path: Path) -> dict[str, bytes]:
    """What no signature may change."""
    return {n: d for n, d in craft.contents(path).items() if not n.startswith("META-INF/")}


def test_five_signers_in_any_order_give_the_same_bytes_that_openssl_accepts(
    tmp_path: Path, copies: list[Path], authority: craft.Authority
) -> None:
    results = set()
    for order in list(itertools.permutations(copies))[::7]:
        unite(order, tmp_path / "all.asice")
        results.add((tmp_path / "all.asice").read_bytes())
    assert len(results) == 1
    verdict = verify(tmp_path / "all.asice")
    assert verdict.intact
    assert verdict.signatures[0].name == "Jan Peeters"
    assert {one.name for one in verdict.signatures} == {"Jan Peeters", *FIVE}
    assert {one.role for one in verdict.signatures[1:]} == {f"partner: {name}" for name in FIVE}
    assert {one.commitment for one in verdict.signatures[1:]} == {"proof_of_approval"}
    assert craft.others_accept(tmp_path / "apart", tmp_path / "all.asice", authority.pem)
    assert payload(tmp_path / "all.asice") == payload(copies[0])


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (3, 1, 4, 0, 2)])
def test_signing_one_after_another_gives_what_uniting_gives(
    tmp_path: Path,
    copies: list[Path],
    coordinator: Identity,
    partners: list[Identity],
    order: tuple[int, ...],
) -> None:
    path = craft.bundle(tmp_path / "one.asice", coordinator, at=AT)
    for place in order:
        cosign(path, path, partners[place], role=partner_role(partners[place].name), at=AT)
    unite([copies[2], copies[4], copies[3], copies[1], copies[0]], tmp_path / "all.asice")
    assert path.read_bytes() == (tmp_path / "all.asice").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.asice", "one.asice"]


def test_uniting_again_and_over_a_copy_changes_nothing(tmp_path: Path, copies: list[Path]) -> None:
    mine = tmp_path / "mine.asice"
    mine.write_bytes(copies[0].read_bytes())
    unite([mine, copies[1]], mine)
    once = mine.read_bytes()
    unite([copies[1], mine, mine], mine)
    assert mine.read_bytes() == once


def test_a_partner_does_not_touch_a_byte_of_the_payload_nor_of_other_signatures(
    tmp_path: Path, good: Path, an: Identity
) -> None:
    cosign(good, tmp_path / "signed.asice", an, role=ROLE)
    before, after = craft.contents(good), craft.contents(tmp_path / "signed.asice")
    assert len(after) == len(before) + 2
    assert {name: after[name] for name in before} == before
    assert list(after)[: len(before)] == list(before)


def refused(act: Callable[[], None], out: Path, key: str, kind: type[SifError]) -> SifError:
    """The error of an act that must leave `out` and its folder as they were."""
    before = {file.name: file.read_bytes() for file in out.parent.iterdir() if file.is_file()}
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.key == key
    assert {
        file.name: file.read_bytes() for file in out.parent.iterdir() if file.is_file()
    } == before
    return caught.value


def test_the_same_signer_twice_is_refused(good: Path, jan: Identity, an: Identity) -> None:
    error = refused(lambda: cosign(good, good, jan, role=ROLE), good, "cosign_again", IdentityError)
    assert error.figures["name"] == "Jan Peeters"
    cosign(good, good, an, role=ROLE)
    refused(lambda: cosign(good, good, an, role=ROLE), good, "cosign_again", IdentityError)


@pytest.mark.parametrize("name", ["proposal.json", "attachments/001.pdf"])
def test_a_changed_payload_gets_no_signature(good: Path, an: Identity, name: str) -> None:
    data = good.read_bytes()
    place = next(place for place in craft.places(data) if place.name == name)
    good.write_bytes(craft.changed(data, place.start + 1, 1, repaired=True))
    error = refused(
        lambda: cosign(good, good, an, role=ROLE), good, "copy_not_intact_in", NotOursError
    )
    assert error.figures["members"] == name


def test_an_added_member_gets_no_signature(good: Path, an: Identity) -> None:
    parts = {**craft.contents(good), "attachments/002.pdf": b"slipped in"}
    good.write_bytes(craft.zipped(craft.pieces(parts)))
    error = refused(
        lambda: cosign(good, good, an, role=ROLE), good, "copy_not_intact_in", NotOursError
    )
    assert error.figures["members"] == "attachments/002.pdf"


def test_copies_of_different_payload_are_refused_with_the_members(
    tmp_path: Path, good: Path, jan: Identity, an: Identity
) -> None:
    parts = {**craft.PAYLOAD, "proposal.pdf": b"%PDF another", "attachments/002.pdf": b"more"}
    del parts["attachments/001.pdf"]
    other = tmp_path / "other.asice"
    other.write_bytes(craft.zipped(craft.pieces(craft.resigned(parts, an))))
    for order in ([good, other], [other, good]):
        error = refused(
            lambda order=order: unite(order, tmp_path / "all.asice"),
            tmp_path / "all.asice",
            "unite_payload_differs",
            NotOursError,
        )
        assert error.figures["members"] == "attachments/001.pdf, attachments/002.pdf, proposal.pdf"
        assert error.figures["file"] == str(order[1])


def test_a_tampered_copy_is_refused_with_the_member(tmp_path: Path, copies: list[Path]) -> None:
    data = copies[1].read_bytes()
    place = next(place for place in craft.places(data) if place.name == "call.json")
    bad = tmp_path / "bad.asice"
    bad.write_bytes(craft.changed(data, place.start, 1, repaired=True))
    act = lambda: unite([copies[0], bad], tmp_path / "all.asice")  # noqa: E731
    error = refused(act, tmp_path / "all.asice", "unite_payload_differs", NotOursError)
    assert error.figures["members"] == "call.json"


def test_a_copy_with_a_forged_signature_is_refused(tmp_path: Path, copies: list[Path]) -> None:
    data = copies[1].read_bytes()
    place = craft.places(data)[-1]
    bad = tmp_path / "bad.asice"
    bad.write_bytes(craft.changed(data, place.end - 1, 1, repaired=True))
    act = lambda: unite([copies[0], bad], tmp_path / "all.asice")  # noqa: E731
    refused(act, tmp_path / "all.asice", "copy_not_intact", NotOursError)


def test_two_signatures_of_one_signer_are_not_united(
    tmp_path: Path, good: Path, an: Identity
) -> None:
    for name, role in (("a", "partner: A"), ("b", "partner: B")):
        cosign(good, tmp_path / f"{name}.asice", an, role=role)
    act = lambda: unite([tmp_path / "a.asice", tmp_path / "b.asice"], tmp_path / "all.asice")  # noqa: E731
    error = refused(act, tmp_path / "all.asice", "unite_signed_twice", IdentityError)
    assert error.figures["name"] == "An Claes"


def test_bundles_that_were_exported_apart_are_not_united(
    tmp_path: Path, good: Path, an: Identity
) -> None:
    other = craft.bundle(tmp_path / "other.asice", an)
    act = lambda: unite([good, other], tmp_path / "all.asice")  # noqa: E731
    error = refused(act, tmp_path / "all.asice", "unite_clash", IdentityError)
    assert error.figures["name"] == craft.MANIFEST


def test_a_packed_copy_of_a_stranger_is_united_with_the_same_bytes(
    tmp_path: Path, copies: list[Path]
) -> None:
    parts = craft.contents(copies[1])
    head = [craft.Piece("mimetype", parts.pop("mimetype"))]
    packed = [craft.Piece(name, data, packed=True) for name, data in reversed(parts.items())]
    other = tmp_path / "packed.asice"
    other.write_bytes(craft.zipped([*head, *packed]))
    unite([copies[0], copies[1]], tmp_path / "plain.asice")
    unite([other, copies[0]], tmp_path / "all.asice")
    assert (tmp_path / "all.asice").read_bytes() == (tmp_path / "plain.asice").read_bytes()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, good: Path, an: Identity) -> None:
    out = tmp_path / "no such folder" / "a.asice"
    refused(lambda: cosign(good, out, an, role=ROLE), good, "bundle_not_written", FileError)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cosign(good, good, an, role=ROLE, progress=stop)
    assert [file.name for file in tmp_path.iterdir()] == [good.name]
    assert verify(good).intact and len(verify(good).signatures) == 1
