"""Changes single bytes of signed bundles, and looks whether the verifier misses one.

    python packaging/campaigns/bundle_bytes.py [--count 10000] [--seed 1] [--step 1]

Three bundles: a small one at every position (or every `--step`th), the example dossier at `--count`
places, and a small one as others may sign, whose signature names no certificate but the signer's.
Each change is tried as it is, and with the ZIP's checksum of the member repaired, so that it is
not the ZIP that notices. Whatever changes without notice is listed by where it stands, and must
leave every name, time and content of the verdict as it was.
"""

from __future__ import annotations

import random
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import campaign
from bundle import craft

from sif_desktop.app import demo
from sif_desktop.bundle import cades, der
from sif_desktop.bundle.identity import Identity, ephemeral
from sif_desktop.bundle.verdict import Verdict
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import NotOursError

FLIPS = (1, 2, 4, 8, 16, 32, 64, 128, 255)

# Of the fixed part of a ZIP's headers: where a field begins, and its name. The verifier asks for
# everything that has a meaning; the others are told by these names when they change unnoticed.
LOCAL = {4: "the version needed to unpack, in the header of a member"}
CENTRAL = {
    4: "the version that packed, in the directory",
    6: "the version needed to unpack, in the directory",
    36: "a hint whether a member is text, in the directory",
    38: "rights and marks of a plain file, in the directory",
}
END = {8: "a number of members or a size that is told twice"}


@dataclass
class Found:
    """What came of the changes to a bundle; `open` counts by reason what nobody noticed."""

    tried: int = 0
    refused: int = 0
    broken: int = 0
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """As they are printed."""
        figures = {"tried": self.tried, "no_container": self.refused, "broken": self.broken}
        return {
            **figures,
            "unnoticed": len(self.open),
            "unnoticed_where": campaign.spread(self.open),
            "faults": len(self.faults),
        }


class Target:
    """A bundle in a file, whose bytes are changed in place and put back."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.data = path.read_bytes()
        self.places = craft.places(self.data)
        self.before = verify(path)
        self.last = last_certificate(self.data, self.places)
        assert self.before.intact

    def change(self, at: int, flip: int, *, repaired: bool) -> Verdict | None:
        """The verdict with a byte changed; None where it is no container any more."""
        writes = {at: bytes([self.data[at] ^ flip])}
        place = self.member(at)
        if repaired and place:
            start, end = at - place.start, place.end - place.start
            body = self.data[place.start : place.end]
            crc = zlib.crc32(body[:start] + writes[at] + body[start + 1 : end])
            for where in (place.header + 14, place.central + 16):
                writes[where] = struct.pack("<L", crc)
        with self.path.open("r+b") as stream:
            for where, new in writes.items():
                stream.seek(where)
                stream.write(new)
        try:
            return verify(self.path)
        except NotOursError:
            return None
        finally:
            with self.path.open("r+b") as stream:
                for where, new in writes.items():
                    stream.seek(where)
                    stream.write(self.data[where : where + len(new)])

    def member(self, at: int) -> craft.Place | None:
        """The member in whose content a byte lies."""
        return next((one for one in self.places if one.start <= at < one.end), None)

    def reason(self, at: int) -> str:
        """Why no signature covers a byte; "" where one does, or should."""
        if self.last and self.last[0] <= at < self.last[1]:
            return "the last certificate of a chain that the signer did not name"
        for place in self.places:
            if place.start <= at < place.end:
                return ""
            if place.header <= at < place.start:
                return field_at(LOCAL, at - place.header, 2)
            if place.central <= at < place.central + 46:
                return field_at(CENTRAL, at - place.central, 4 if at - place.central >= 38 else 2)
        return ""


def field_at(fields: dict[int, str], offset: int, length: int) -> str:
    """The name of the field of a header that a byte lies in."""
    return next((name for at, name in fields.items() if at <= offset < at + length), "")


def last_certificate(data: bytes, places: list[craft.Place]) -> tuple[int, int] | None:
    """Where the certificate above the signer's lies, in a bundle that brings two along."""
    place = next(one for one in places if one.name == craft.SIGNATURE)
    signature = data[place.start : place.end]
    certificates = der.parse(signature).children[1].children[0].children[3].children
    above = [one for one in certificates if b"Tussen" in signature[one.start : one.end][-900:]]
    if len(certificates) < 2 or not above:
        return None
    # The signer's names "Tussen" as its issuer; the other one does as its subject.
    one = next(one for one in above if b"An Claes" not in signature[one.start : one.end])
    return place.start + one.start, place.start + one.end


def harm(target: Target, places: Iterator[tuple[int, int]]) -> Found:
    """Changes bytes at places, each twice; says what came of it."""
    found = Found()
    for at, flip in places:
        for repaired in (False, True):
            found.tried += 1
            try:
                after = target.change(at, flip, repaired=repaired)
            except Exception as error:
                found.faults.append(f"{target.name}, byte {at}, {flip:#x}: {error!r}")
                continue
            if after is None:
                found.refused += 1
            elif not after.intact:
                found.broken += 1
            else:
                judge(target, found, at, flip, after)
    return found


def judge(target: Target, found: Found, at: int, flip: int, after: Verdict) -> None:
    """A change that was not noticed: it must be where nothing is said, and say nothing new."""
    reason = target.reason(at)
    found.open.append(reason or "?")
    if not reason:
        found.faults.append(f"{target.name}, byte {at}, {flip:#x}: a covered byte")
    if after != target.before:
        found.faults.append(f"{target.name}, byte {at}, {flip:#x}: the verdict says something else")


def others_bundle(path: Path) -> None:
    """A bundle whose signature names the signer's certificate alone, as others may write it."""
    from pyhanko.sign.general import as_signing_certificate_v2

    root = craft.new_authority("Wortel")
    middle = craft.new_authority("Tussen", root)
    key = craft.new_key()
    an = craft.signer_with(craft.certified("An Claes", key, middle), key, [middle.certificate])
    ours = cades._certificates

    def alone(signer: Any) -> Any:
        from asn1crypto import cms

        value = as_signing_certificate_v2(signer.signing_cert)
        return cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]})

    cades._certificates = alone
    try:
        craft.bundle(path, an)
    finally:
        cades._certificates = ours


def every(size: int, step: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Every position, or every `step`th, with a random flip."""
    for at in range(chance.randrange(step), size, step):
        yield at, chance.choice(FLIPS)


def some(size: int, count: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Places at random, each once as far as there are so many."""
    for at in sorted(chance.sample(range(size), min(count, size))):
        yield at, chance.choice(FLIPS)


def example_bundle(folder: Path) -> Path:
    """The signed bundle of the example dossier."""
    demo.run(folder / "demo", "nl")
    return Path(shutil.copy(folder / "demo" / f"{demo.NAME}.asice", folder / "example.asice"))


def main() -> int:
    """The command."""
    parser = campaign.parser(__doc__, 10_000)
    parser.add_argument("--step", type=int, default=1, help="of the positions of small bundles")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    faults = []
    with tempfile.TemporaryDirectory(prefix="sif-bytes-") as name:
        folder = Path(name)
        jan: Identity = ephemeral("Jan Peeters", "Zorgcirkel vzw")
        small = Target(craft.bundle(folder / "small.asice", jan), "small")
        others_bundle(folder / "others.asice")
        others = Target(folder / "others.asice", "of others")
        large = Target(example_bundle(folder), "example dossier")
        for target in (small, others, large):
            size = len(target.data)
            way = some(size, given.count, chance)
            if target is not large:
                way = every(size, given.step, chance)
            found = harm(target, way)
            campaign.tell(target.name, {"bytes": size, **found.counts()})
            faults += found.faults
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
