"""The story of a bid together: five packets out and back, merged, signed off, exported, signed by
six, united, and verified by this program and by others. Each person works at a laptop of their own.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from bundle import craft, tokens
from dossiers import example_proposal
from teamwork import bid, people
from teamwork.people import Office, Person

from sif_desktop.model.edit import Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft


@dataclass(frozen=True)
class Cast:
    """Who plays: the coordinator, and the partners by their ids."""

    joris: Person
    partners: dict[str, Person]

    @property
    def home(self) -> Path:
        """The coordinator's draft."""
        return self.joris.file("voorstel.sif")

    def packet(self, partner: str) -> Path:
        """A partner's packet, on the partner's own laptop."""
        return self.partners[partner].file("pakket.sif")


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    """Everybody at their laptops, the coordinator with the example dossier."""
    signing = {one.id: one.signatory_name for one in example_proposal().partners}
    joris = people.hired(tmp_path, "drempel", signing["drempel"])
    found = {one: people.hired(tmp_path, one, signing[one]) for one in bid.ASSIGNED}
    joris.does("demo", joris.file("voorbeeld"))
    shutil.copy(joris.file("voorbeeld") / "voorbeeld.sif", joris.file("voorstel.sif"))
    return Cast(joris, found)


def tree(file: Path) -> Proposal:
    with Draft.open(file, read_only=True) as draft:
        return draft.proposal


def acts(file: Path) -> int:
    with Draft.open(file, read_only=True) as draft:
        return draft.seq


def test_a_bid_together(cast: Cast, tmp_path: Path) -> None:
    packets_go_out_and_are_filled_in(cast)
    before = Path(shutil.copy(cast.home, cast.joris.file("vooraf.sif")))
    other = Path(shutil.copy(cast.home, cast.joris.file("andersom.sif")))
    packets_are_merged_one_after_another(cast)
    another_order_gives_the_same(cast, other)
    comparing_tells_the_story(cast, before)
    partners_sign_off(cast)
    bundle = exported(cast, "voorstel.asice")
    office = Office(tmp_path / "office")
    with people.card_in_reader(tmp_path / "reader") as card:
        copies = signed_by_all(cast, bundle, office)
    united = united_in_any_order(cast, copies)
    trust = tmp_path / "trust"
    trust.mkdir()
    shutil.copy(office.root, trust)
    (trust / "card.pem").write_bytes(card.root.pem)
    verified(cast, united, trust)
    own = [person.file("eigen.pem").read_bytes() for person in with_own_keys(cast)]
    roots = [one.read_bytes() for one in sorted(trust.iterdir())]
    assert people.accepted_by_others(united, tmp_path / "apart", [*roots, *own]) == 6
    a_copy_of_something_else_is_refused(cast, united)
    a_changed_byte_is_found(cast, united)


def packets_go_out_and_are_filled_in(cast: Cast) -> None:
    """All partners and the coordinator work at the same time; each signs off what it did."""
    joris = cast.joris
    for partner, person in cast.partners.items():
        assigned = [word for at in bid.ASSIGNED[partner] for word in ("--assign", at)]
        out = joris.file(f"{partner}.sif")
        joris.does("packet", cast.home, partner, out, *assigned, "--author", joris.name)
        shutil.move(out, cast.packet(partner))
        assert person.does("check", cast.packet(partner)).code == 0
    with joris.opens(cast.home) as session:
        bid.coordinator(session)
    for work in bid.WORK:
        person, packet = cast.partners[work.__name__], cast.packet(work.__name__)
        with person.opens(packet) as session:
            work(session)
        person.does("signoff", packet, person.partner, "--author", person.name)


def packets_are_merged_one_after_another(cast: Cast) -> None:
    """In three there is one choice each; the same packet again changes nothing."""
    joris = cast.joris
    for partner, person in cast.partners.items():
        merge = ["merge", cast.home, cast.packet(partner), "--author", joris.name]
        clash = bid.CLASHES.get(partner)
        looked = joris.does(*merge, "--dry-run", "--json", code=1 if clash else 0).data
        assert len(looked["choices"]) == bool(clash)
        if clash:
            (choice,) = looked["choices"]
            at, kind, pick = clash
            assert (choice["address"], choice["kind"]) == (at, kind)
            assert choice["mine_by"].startswith(joris.name)
            assert choice["theirs_by"].startswith(person.name)
            shown = joris.does(*merge, "--dry-run", code=1).out
            assert choice["key"] in shown and choice["question"] in shown
            joris.does(*merge, f"--{pick}", choice["key"])
        else:
            joris.does(*merge)
        merged, count = tree(cast.home), acts(cast.home)
        again = joris.does(*merge)
        assert "verandert niets" in again.out
        assert (tree(cast.home), acts(cast.home)) == (merged, count)
    bid.nothing_was_lost(tree(cast.home))


def another_order_gives_the_same(cast: Cast, other: Path) -> None:
    """Undecided, the other order differs in the three choices alone; decided, in nothing."""
    joris = cast.joris
    for partner in reversed(cast.partners):
        merge = ["merge", other, cast.packet(partner), "--author", joris.name]
        joris.does(*merge, code=1 if partner in bid.CLASHES else 0)
    differing = joris.does("compare", cast.home, other, "--json").data
    assert {one["address"] for one in differing} == {"project/title", "budget/b46"}
    for partner in ("zennebron", "demerzicht", "hospita"):
        merge = ["merge", other, cast.packet(partner), "--author", joris.name]
        (choice,) = joris.does(*merge, "--dry-run", "--json", code=1).data["choices"]
        joris.does(*merge, f"--{bid.CLASHES[partner][2]}", choice["key"])
    assert joris.does("show", other, "--json").out == joris.does("show", cast.home, "--json").out


def comparing_tells_the_story(cast: Cast, before: Path) -> None:
    """In the words of each language, on the screen and as a page."""
    joris = cast.joris
    said = joris.does("compare", before, cast.home).out.splitlines()
    for line in (
        "DE BEGROTING",
        "  Partner Demerzicht, personeel, maand 1-6, werkpakket 4, gevraagde subsidie: "
        "2.005,09 euro → 1.900,00 euro",
        "  Partner Polis & Pannen, eigen middelen voor een vervolg: "
        "14.000,00 euro → 14.500,00 euro",
        "  Partner De Zennebron, onderaanneming, maand 7-12: verwijderd",
        "  Partner De Zennebron, werking, maand 1-6, werkpakket 1: toegevoegd",
        "  Partner Studio Kladblok, onderaanneming, maand 7-12, werkpakket 5: "
        "verplaatst tussen de andere rijen",
        "      Ieder jaar vragen we.",
    ):
        assert line in said
    for language, line in (
        ("en", "own means for a follow-up: 14,000.00 euro → 14,500.00 euro"),
        ("fr", "moyens propres pour une suite"),
    ):
        assert line in joris.does("compare", before, cast.home, "--lang", language).out
    page = joris.file("verschil.html")
    joris.does("compare", before, cast.home, "--html", page)
    assert "<del>14.000,00 euro</del> → <ins>14.500,00 euro</ins>" in page.read_text("utf-8")
    # What was chosen to stay as it was is no difference.
    found = joris.does("compare", before, cast.home, "--json").data
    assert "budget/b31/subsidy" not in {one["address"] for one in found}


def partners_sign_off(cast: Cast) -> None:
    """What merging changed voided two sign-offs; those two look at it, and sign off again."""
    joris, voided = cast.joris, ("demerzicht", "hospita")
    said = joris.does("signoff", cast.home, code=1).out.splitlines()
    by_name = {person.name: partner for partner, person in cast.partners.items()}
    lost = [line for line in said if "niet meer geldig" in line]
    assert len(said) == 5
    assert {by_name[name] for name in by_name for line in lost if name in line} == {*voided}
    assert all("Hoe de effecten blijven" in line for line in lost)
    before, count = tree(cast.home), acts(cast.home)
    for partner in voided:
        person, packet = cast.partners[partner], joris.file(f"{partner}2.sif")
        assigned = [word for at in bid.ASSIGNED[partner] for word in ("--assign", at)]
        joris.does("packet", cast.home, partner, packet, *assigned)
        person.does("signoff", packet, partner, "--author", person.name)
        joris.does("merge", cast.home, packet)
    assert (tree(cast.home), acts(cast.home)) == (before, count)
    joris.does("signoff", cast.home)


def exported(cast: Cast, name: str) -> Path:
    """The bundle with the coordinator's signature, by a key made at its first use."""
    out = cast.joris.file(name)
    cast.joris.does("check", cast.home)
    cast.joris.does("export", cast.home, out)
    return out


def with_own_keys(cast: Cast) -> list[Person]:
    return [cast.joris, cast.partners["hospita"], cast.partners["kladblok"]]


def signed_by_all(cast: Cast, bundle: Path, office: Office) -> list[Path]:
    """Three copies go round: one past two partners, one past two others, one to the last alone."""
    lieve, sjoerd, noella, griet, bjorn = cast.partners.values()
    names = {one.id: one.name for one in example_proposal().partners}
    for person in (lieve, griet):
        office.give(person.name, names[person.partner], person.file("van-de-autoriteit.p12"))
    copies = [Path(shutil.copy(bundle, one.file("kopie.asice"))) for one in (lieve, griet, bjorn)]
    # The certificate of the authority tells for whom Lieve signs.
    lieve.does("cosign", copies[0], "--identity", lieve.file("van-de-autoriteit.p12"))
    sjoerd.does("cosign", copies[0], "--partner", "Hospitawonen")
    imported = griet.does("identity", "import", griet.file("van-de-autoriteit.p12")).out
    start = imported.split("--identity ")[1][:12]
    noella.does("identity", "card", tokens.module())
    noella.does("cosign", copies[1], "--partner", "zennebron", "--identity", "card")
    griet.does("cosign", copies[1], "--identity", start)
    bjorn.does("cosign", copies[2], "--partner", names["kladblok"])
    for person in with_own_keys(cast):
        person.does("identity", "export-certificate", person.file("eigen.pem"))
    return copies


def united_in_any_order(cast: Cast, copies: list[Path]) -> Path:
    """At once, the other way round, or two by two: the same bytes."""
    joris = cast.joris
    outs = [joris.file(f"{name}.asice") for name in ("samen", "andersom", "half", "om-en-om")]
    joris.does("unite", *copies, "--out", outs[0])
    joris.does("unite", *reversed(copies), "--out", outs[1])
    joris.does("unite", copies[2], copies[0], "--out", outs[2])
    joris.does("unite", copies[1], outs[2], "--out", outs[3])
    assert outs[0].read_bytes() == outs[1].read_bytes() == outs[3].read_bytes()
    return outs[0]


def verified(cast: Cast, united: Path, trust: Path) -> None:
    """Six signatures: who, for whom, and what is known of each."""
    joris, partners = cast.joris, cast.partners
    report = joris.does("verify", united, "--trust", trust, "--json").data
    assert report["intact"] and report["signed"] and report["rules"]["error"] == 0
    names = {one.id: one.name for one in example_proposal().partners}
    roles = {f"partner: {names[partner]}": person.name for partner, person in partners.items()}
    roles["partner: " + names["zennebron"]] = "Els Wouters (Signature)"  # as the card says
    found = {one["role"]: one["name"] for one in report["signatures"]}
    assert found == {"coordinator": joris.name, **roles}
    kinds = {one["name"]: one["identity"] for one in report["signatures"]}
    trusted = {partners["demerzicht"].name, partners["pannen"].name, "Els Wouters (Signature)"}
    assert {name for name, kind in kinds.items() if kind == "trusted"} == trusted
    assert set(kinds.values()) == {"trusted", "self_issued"}
    assert all(one["valid"] and not one["problems"] for one in report["signatures"])
    said = joris.does("verify", united, "--trust", trust).out
    assert all(name in said for name in found.values())
    assert all(names[partner] in said for partner in partners)
    # What the partners agreed on is what was handed in.
    shown = [joris.does("show", file, "--json").out for file in (united, cast.home)]
    assert shown[0] == shown[1]


def a_copy_of_something_else_is_refused(cast: Cast, united: Path) -> None:
    """The coordinator changed a word and exported again; somebody signed that one."""
    joris, bjorn = cast.joris, cast.partners["kladblok"]
    with joris.opens(cast.home) as session:
        session.do([Set(at="project/acronym", value="DAKDELERS 2")])
    seventh = exported(cast, "zevende.asice")
    bjorn.does("cosign", seventh, "--partner", "kladblok")
    out, before = joris.file("zeven.asice"), united.read_bytes()
    refused = joris.does("unite", united, seventh, "--out", out, code=2).err
    assert len(refused.splitlines()) == 1
    assert "proposal.json" in refused and "proposal.pdf" in refused and "call.json" not in refused
    assert "attachments" not in refused
    joris.does("unite", seventh, united, "--out", united, code=2)
    assert not out.exists() and united.read_bytes() == before


def a_changed_byte_is_found(cast: Cast, united: Path) -> None:
    """In the payload, a manifest and a signature; also where the checksum of the ZIP is right."""
    data = united.read_bytes()
    places = {place.name: place for place in craft.places(data)}
    for name in ("proposal.json", craft.MANIFEST, craft.SIGNATURE):
        place = places[name]
        for repaired in (False, True):
            file = cast.joris.file("veranderd.asice")
            middle = (place.start + place.end) // 2
            file.write_bytes(craft.changed(data, middle, 1, repaired=repaired))
            report = cast.joris.does("verify", file, "--json", code=1).data
            assert not report["intact"]
