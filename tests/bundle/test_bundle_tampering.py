"""One byte changed, at many places, with the ZIP's own checksum wrong and set right again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bundle import craft
from cryptography.hazmat.primitives.serialization import Encoding

from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.verify import Verdict, verify
from sif_desktop.errors import NotOursError

PLACES = 400


def judged(path: Path, data: bytes) -> Verdict | None:
    """The verdict on these bytes; None where they are no container. Nothing else is raised."""
    path.write_bytes(data)
    try:
        return verify(path)
    except NotOursError:
        return None


def test_no_change_of_a_covered_byte_is_overlooked(good: Path) -> None:
    data = good.read_bytes()
    before = verify(good)
    covered = [place for place in craft.places(data) if place.name != "mimetype"]
    chance = random.Random(20130401)
    overlooked = []
    for at in sorted(chance.sample(range(len(data)), PLACES)):
        flip = chance.choice([1, 2, 4, 8, 16, 32, 64, 128, 255])
        inside = any(place.start <= at < place.end for place in covered)
        for repaired in (False, True):
            after = judged(good, craft.changed(data, at, flip, repaired=repaired))
            if after is not None and after.intact:
                assert not inside, f"byte {at}, {flip:#x}, repaired: {repaired}"
                assert after == before
                overlooked.append(at)
    # What is left over is in the headers of the ZIP: versions and rights, which say nothing.
    assert len(overlooked) < PLACES // 10


@pytest.mark.parametrize("name", [*craft.PAYLOAD, craft.MANIFEST, craft.SIGNATURE])
def test_every_kind_of_member_is_missed_when_changed(good: Path, name: str) -> None:
    data = good.read_bytes()
    place = next(place for place in craft.places(data) if place.name == name)
    middle = (place.start + place.end) // 2
    for at in {place.start, place.start + 1, middle, place.end - 2, place.end - 1}:
        for repaired in (False, True):
            after = judged(good, craft.changed(data, at, 0x01, repaired=repaired))
            assert after is not None and not after.intact
            if name in craft.PAYLOAD:
                (member,) = [one for one in after.members if one.name == name]
                assert not member.ok
                code = "member_changed" if repaired else "member_unreadable"
                assert [problem.code for problem in after.problems] == [code]
                assert all(one.ok for one in after.members if one.name != name)
            if name == craft.SIGNATURE:
                assert all(one.ok for one in after.members) or not repaired


def test_certificates_that_go_along_are_covered_too(tmp_path: Path) -> None:
    """No other certificate in the file vouches for the one above the signer's."""
    root = craft.new_authority("Wortel")
    middle = craft.new_authority("Tussen", root)
    key = craft.new_key()
    along = [middle.certificate, root.certificate]
    an = craft.signer_with(craft.certified("An", key, middle), key, along)
    path = craft.bundle(tmp_path / "a.asice", an)
    data = path.read_bytes()
    assert verify(path).intact
    assert craft.others_accept(tmp_path / "apart", path, root.pem)
    assert root.certificate.public_bytes(Encoding.DER) not in data
    whole = middle.certificate.public_bytes(Encoding.DER)
    first = data.index(whole)
    chance = random.Random(8)
    for at in sorted(chance.sample(range(first, first + len(whole)), 100)):
        flip = 1 << chance.randrange(8)
        after = judged(path, craft.changed(data, at, flip, repaired=True))
        assert after is not None and not after.intact, at
    place = craft.places(data)[-1]
    for at in sorted(chance.sample(range(place.start, place.end), 100)):
        after = judged(path, craft.changed(data, at, 0xFF, repaired=True))
        assert after is not None and not after.intact, at


def test_a_bundle_that_was_cut_short_is_refused(good: Path) -> None:
    data = good.read_bytes()
    chance = random.Random(5)
    for length in [0, 1, 21, 22, len(data) - 1, *chance.sample(range(len(data)), 40)]:
        after = judged(good, data[:length])
        assert after is None or not after.intact


def test_bytes_put_in_or_taken_out_are_noticed(good: Path) -> None:
    data = good.read_bytes()
    chance = random.Random(6)
    for at in chance.sample(range(len(data) + 1), 60):
        longer = judged(good, data[:at] + b"\0" + data[at:])
        shorter = judged(good, data[:at] + data[at + 1 :])
        assert longer is None or not longer.intact
        assert at == len(data) or shorter is None or not shorter.intact


def test_whoever_signs_again_is_seen_to_be_somebody_else(
    tmp_path: Path, good: Path, jan: Identity, an: Identity
) -> None:
    parts = {name: craft.contents(good)[name] for name in craft.PAYLOAD}
    parts["proposal.json"] = b'{"forged":true}'
    forged = tmp_path / "forged.asice"
    forged.write_bytes(craft.zipped(craft.pieces(craft.resigned(parts, an))))
    verdict = verify(forged, pinned=[jan.fingerprint])
    assert verdict.intact
    assert verdict.signatures[0].identity == "untrusted"
    assert verdict.signatures[0].fingerprint == an.fingerprint
    assert verdict.signatures[0].name == "An Claes"
