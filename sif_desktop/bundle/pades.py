"""Signing the PDF that is given out alone (PAdES of EN 319 142-1, baseline B), one after another.

The dossier names the places for signatures. Whoever signs first gives each of them an empty field,
so that no later signature changes more of the document than its own field; each signature is an
update at the end of the file, and the bytes that were signed before stay as they are.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sif_desktop.bundle import cades, names
from sif_desktop.bundle.identity import Identity
from sif_desktop.errors import FileError, IdentityError, NotOursError, SifError
from sif_desktop.writing import beside

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

LARGEST_PDF = 256 * 1024 * 1024
_ANCHOR = re.compile(r"signatory[0-9]{1,3}")
_DEEPEST = 20
_MOST_PLACES = 200

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a signature: its name, the page (from 0), and left, bottom, right and top.

    `signed_by` is the fingerprint of who signed there, "" while nobody did.
    """

    name: str
    page: int
    box: Box
    signed_by: str = ""


def sign_pdf(
    path: Path, out: Path, identity: Identity, *, place: str, role: str, stamp: bytes
) -> None:
    """Signs a PDF in one of its places, and writes it to `out`, which may be `path` itself.

    `stamp` is a PDF of one page, drawn in the place. Whatever is raised, `out` is as it was. Raises
    NotOursError where it is no PDF of ours or an earlier signature does not hold, IdentityError
    where the place is taken or this identity signed already or cannot sign, FileError where it
    cannot be read or written.
    """
    data = read_pdf(path)
    cades.require_valid(identity, datetime.now(UTC))
    cades.quiet()
    try:
        signed = asyncio.run(_signed(data, path, identity, place=place, role=role, stamp=stamp))
    except SifError:
        raise
    except Exception as error:
        reason = names.shown(str(error) or type(error).__name__)
        raise IdentityError("identity_cannot_sign", name=identity.name, reason=reason) from error
    try:
        with beside(out) as stream:
            stream.write(signed)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("bundle_not_written", file=str(out), reason=reason) from error


async def _signed(
    data: bytes, path: Path, identity: Identity, *, place: str, role: str, stamp: bytes
) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    try:
        writer = IncrementalPdfFileWriter(BytesIO(data))
        reader: PdfFileReader = writer.prev
        places = {one.name: one for one in _places(reader)}
        earlier = [one.field_name for one in reader.embedded_signatures]
        await _require_intact(reader, path, identity)
    except SifError:
        raise
    except Exception as error:  # a stranger's file: whatever a library says of it
        raise NotOursError("pdf_not_signable", file=str(path)) from error
    if place not in places:
        raise NotOursError("pdf_without_place", file=str(path))
    if place in earlier:
        raise IdentityError("pdf_place_taken", file=str(path))
    if not earlier:
        for one in places.values():
            append_signature_field(writer, SigFieldSpec(one.name, one.page, box=_whole(one.box)))
    signer = identity.signer()
    metadata = PdfSignatureMetadata(
        field_name=place,
        md_algorithm=cades.digest_method(signer),
        name=identity.name,
        subfilter=SigSeedSubFilter.PADES,
        cades_signed_attr_spec=cades.attributes_of(role),
        signer_key_usage=set(),
    )
    with TemporaryDirectory() as folder:
        style = _style(stamp, Path(folder) / "stamp.pdf")
        signing = PdfSigner(metadata, signer, stamp_style=style)
        written = await signing.async_sign_pdf(writer, existing_fields_only=True)
    return bytes(written.getvalue())


async def _require_intact(reader: PdfFileReader, path: Path, identity: Identity) -> None:
    """Raises where an earlier signature does not hold, or is this identity's own."""
    from hashlib import sha256

    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    for one in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        status: Any = await async_validate_pdf_signature(one, context)
        if not (status.intact and status.valid and unchanged_since(one, status)):
            raise NotOursError("pdf_not_intact", file=str(path))
        if sha256(one.signer_cert.dump()).hexdigest() == identity.fingerprint:
            raise IdentityError("cosign_again", file=str(path), name=identity.name)


def unchanged_since(signature: EmbeddedPdfSignature, status: Any) -> bool:
    """Whether what was added after a signature is no more than other signatures.

    Behind the last update of the file nothing may stand: no signature would cover it.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING:
        return False
    last = signature.reader.xrefs.total_revisions - 1
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return whole or bool(signature.signed_revision < last)


def _places(reader: PdfFileReader) -> Iterator[Place]:
    """The places for signatures that a PDF of ours names, in their order."""
    root = reader.root
    if "/Names" not in root or "/Dests" not in root["/Names"]:
        return
    pages = {_page(reader, number): number for number in range(int(root["/Pages"]["/Count"]))}
    for name, target in _leaves(root["/Names"]["/Dests"]):
        if _ANCHOR.fullmatch(name) and len(target) == 6 and target[1] == "/FitR":
            left, bottom, right, top = (float(target[side]) for side in range(2, 6))
            number = pages.get(target.raw_get(0).reference)
            if number is not None and left < right and bottom < top:
                yield Place(name, number, (left, bottom, right, top))


def _page(reader: PdfFileReader, number: int) -> Any:
    page, _ = reader.find_page_for_modification(number)  # type: ignore[no-untyped-call]
    return page.reference


def _leaves(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The names of a name tree with what they stand for."""
    if depth > _DEEPEST:
        return
    kids, entries = node.get("/Kids", ()), node.get("/Names", ())
    for place in range(min(len(kids), _MOST_PLACES)):  # by place: what is referred to is looked up
        yield from _leaves(kids[place], depth + 1)
    for place in range(0, min(len(entries) - 1, 2 * _MOST_PLACES), 2):
        yield str(entries[place]), entries[place + 1]


def _style(stamp: bytes, file: Path) -> Any:
    """How the field looks: the stamp as it was drawn, without margins."""
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    file.write_bytes(stamp)
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MIN,
        margins=Margins(0, 0, 0, 0),
    )
    return StaticStampStyle.from_pdf_file(str(file), border_width=0, background_layout=whole)


def _whole(box: Box) -> tuple[int, int, int, int]:
    left, bottom, right, top = (round(side) for side in box)
    return left, bottom, right, top


def places_in(path: Path) -> tuple[Place, ...]:
    """The places for signatures in a PDF. Raises FileError, or NotOursError for no PDF of ours."""
    from hashlib import sha256

    from pyhanko.pdf_utils.reader import PdfFileReader

    data = read_pdf(path)
    cades.quiet()
    try:
        reader = PdfFileReader(BytesIO(data))
        signed = {
            one.field_name: sha256(one.signer_cert.dump()).hexdigest()
            for one in reader.embedded_signatures
        }
        found = tuple(
            Place(one.name, one.page, one.box, signed.get(one.name, "")) for one in _places(reader)
        )
    except Exception as error:
        raise NotOursError("pdf_not_signable", file=str(path)) from error
    if not found:
        raise NotOursError("pdf_without_place", file=str(path))
    return found


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF. Raises FileError, and NotOursError where it is none or too large."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_PDF + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("bundle_unreadable", file=str(path), reason=reason) from error
    if len(data) > LARGEST_PDF or not data.startswith(b"%PDF-"):
        raise NotOursError("pdf_not_signable", file=str(path))
    return data
