"""The dossiers that tests share: an empty one, the example, and one of the largest real size.

All are immutable and made once; the same seed always gives the same dossier.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sif_desktop import money, paths
from sif_desktop.calls.call import Call
from sif_desktop.calls.folder import find
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal

CALL = "oproep-sociale-innovatie"
EXAMPLE = paths.resources() / "example"

PARTNERS, WORK_PACKAGES, LINES = 50, 30, 2000
SUBCONTRACTORS = range(45, 50)
ABROAD = {9: "NL", 17: "PL", 24: "FR", 31: "CZ", 38: "HU", 47: "DE"}
BRUSSELS = (4, 12, 21, 33, 40)
SUBSIDY, OWN_MEANS = 4_987_654, 2_123_457
STEPS_BETWEEN_WORK_PACKAGES = (0, 7, 13, 22)
WEIGHTS = {"staff": 40, "operating": 20, "overhead": 10, "subcontracting": 3, "investment": 10}

_SORTS = (
    ("civil_society", "Buurtwerk {} vzw (voorbeeld)"),
    ("knowledge", "Hogeschool {} (voorbeeld)"),
    ("civil_society", "Ouderenvereniging {} vzw (voorbeeld)"),
    ("enterprise", "Studio {} bvba (voorbeeld)"),
    ("civil_society", "Jongerenhuis {} vzw (voorbeeld)"),
)
_PLACES = (
    "Appelveld",
    "Berkenhof",
    "Citerlaan",
    "Dijlekant",
    "Eikendreef",
    "Fonteinhof",
    "Grasmeer",
    "Hazelaar",
    "Iepenlaan",
    "Jasmijn",
    "Kastanje",
    "Lindehof",
    "Meidoorn",
    "Narcis",
    "Olmenhof",
    "Populier",
    "Quintessens",
    "Ratelaar",
    "Sleedoorn",
    "Tarweveld",
    "Uilenbos",
    "Vlierhof",
    "Wilgenkant",
    "Ysermonde",
    "Zilverspar",
)
_PEOPLE = (
    "Małgorzata Wójcik",
    "Zoltán Erdőhegyi",
    "Tomáš Šimek",
    "Aïcha El Amrani",
    "Noëlla Vanderzenne",
    "Олена Коваль",
    "Björn Krabbé",
    "Inès Margé",
)


@cache
def the_call() -> Call:
    """The call that all of these dossiers answer."""
    return find(CALL)


@cache
def empty_proposal() -> Proposal:
    """A proposal in which nothing was filled in yet."""
    return Proposal(id="leeg", call=CALL, edition=the_call().edition)


@cache
def example_proposal() -> Proposal:
    """The example dossier that comes with the program."""
    file = EXAMPLE / "proposal.json"
    return canonical.from_bytes(file.read_bytes(), str(file))


@cache
def big_proposal(seed: int = 1) -> Proposal:
    """50 partners, 30 work packages and 2,000 budget lines, with texts of real length.

    Nothing in it stands in the way of an export. Its attachments are those of the example.
    """
    writer = Writer(random.Random(seed), tuple(_sentences()))
    partners = [_partner(writer, number) for number in range(PARTNERS)]
    tree = example_proposal().model_dump(mode="json")
    tree |= {
        "id": f"groot-{seed}",
        "project": _refilled(writer, tree["project"], ("summary", "need", "innovation")),
        "answers": _refilled(writer, tree["answers"], tuple(tree["answers"])),
        "partners": partners,
        "work_packages": [_work_package(writer, number) for number in range(WORK_PACKAGES)],
        "budget": _budget(writer),
        "indicators": _more(writer, tree["indicators"], 12, ("measuring",)),
        "actors": _more(writer, tree["actors"], 18, ("part", "connection")),
    }
    return Proposal.model_validate(tree)


@dataclass
class Writer:
    """Writes texts of a wanted length from the sentences of the example."""

    rng: random.Random
    sentences: tuple[str, ...]

    def text(self, length: int) -> str:
        """Paragraphs of whole sentences, together at most `length` characters."""
        written, room = "", length
        while True:
            sentence = self.rng.choice(self.sentences)
            gap = "" if not written else "\n\n" if self.rng.random() < 0.2 else " "
            room -= len(gap) + len(sentence)
            if room < 0:
                return written or sentence[:length]
            written += gap + sentence


def _sentences() -> Iterator[str]:
    """The sentences of the example's long texts; items of its lists are left out."""
    example = example_proposal()
    texts = [value for value in example.answers.values() if isinstance(value, str)]
    texts += [example.project.need, example.project.innovation]
    texts += [text for partner in example.partners for text in (partner.expertise,)]
    for text in texts:
        for part in text.split("\n"):
            if part[:2] not in ("– ", "1.", "2.", "3.", "4."):
                yield from (whole for whole in re.split(r"(?<=[.?!]) ", part) if whole[-1:] == ".")


def _refilled(writer: Writer, fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Fields with other texts of about the same length under `names`."""
    texts = {
        name: writer.text(len(fields[name])) for name in names if isinstance(fields[name], str)
    }
    return {**fields, **texts}


def _more(
    writer: Writer, items: list[dict[str, Any]], count: int, names: tuple[str, ...]
) -> list[dict[str, Any]]:
    """`count` items made after those of the example."""
    return [
        _refilled(writer, items[number % len(items)], names)
        | {
            "id": f"n{number + 1:02d}",
            "name": f"{items[number % len(items)]['name']} ({number + 1})",
        }
        for number in range(count)
    ]


def enterprise_number(number: int) -> str:
    """A well-formed enterprise number whose first eight digits are `number`."""
    return f"{number:08d}{97 - number % 97:02d}"


def belgian_iban(number: int) -> str:
    """A well-formed Belgian account number whose first ten digits are `number`."""
    account = f"{number:010d}{number % 97 or 97:02d}"
    return f"BE{98 - int(f'{account}111400') % 97:02d}{account}"


def _partner(writer: Writer, number: int) -> dict[str, Any]:
    kind, name = _SORTS[number % len(_SORTS)]
    place = f"{_PLACES[number % len(_PLACES)]}{' II' if number >= len(_PLACES) else ''}"
    subcontractor, country = number in SUBCONTRACTORS, ABROAD.get(number, "")
    seat = "abroad" if country else "brussels" if number in BRUSSELS else "flanders"
    person = _PEOPLE[number % len(_PEOPLE)]
    role = "coordinator" if number == 0 else "co_applicant"
    disciplines = the_call().choices["disciplines"]
    return {
        "id": f"p{number:02d}",
        "name": name.format(place),
        "short_name": f"{place} {number + 1}",
        "kind": kind,
        "role": "subcontractor" if subcontractor else role,
        "seat": seat,
        "country": country,
        "address": f"Voorbeeldstraat {number + 1}\n2800 Voorbeeld",
        "enterprise_number": "" if country else enterprise_number(number + 1001),
        "iban": "" if subcontractor else belgian_iban(number + 1),
        "website": f"https://example.org/p{number:02d}",
        "contact_name": person,
        "contact_email": f"p{number:02d}@example.org",
        "contact_phone": f"+32 15 00 01 {number:02d}",
        "signatory_name": _PEOPLE[(number + 3) % len(_PEOPLE)],
        "signatory_function": "voorzitter",
        "disciplines": writer.rng.sample(disciplines, 3),
        "expertise": writer.text(900),
        "contribution": writer.text(900),
        "eligibility_ground": writer.text(900) if seat == "brussels" else "",
        "capacity": "" if subcontractor else writer.text(1100),
        "capacity_term": "" if subcontractor else "binnen zes maanden na het einde van het project",
        "capacity_means": "" if subcontractor else 50_000 + 12_345 * number,
    }


def work_packages_of(partner: int) -> list[int]:
    """The numbers of the work packages that a partner takes part in; the first is its own."""
    return [(partner + step) % WORK_PACKAGES for step in STEPS_BETWEEN_WORK_PACKAGES]


def _work_package(writer: Writer, number: int) -> dict[str, Any]:
    """A work package that runs in both periods, so that each line of it fits."""
    rng = writer.rng
    example = example_proposal().work_packages[number % 5]
    others = [p for p in range(PARTNERS) if number in work_packages_of(p) and p != number]
    partners = [f"p{partner:02d}" for partner in (number, *others)]
    first, last = rng.randint(1, 6), rng.randint(8, 12)
    outcomes = {0: "feasibility_statement", 1: "rollout_plan"}
    return {
        "id": f"wp{number + 1}",
        "title": f"{example.title} ({number + 1})",
        "objective": writer.text(900),
        "lead": partners[0],
        "partners": partners[1:],
        "first_month": first,
        "last_month": last,
        "activities": [
            {
                "id": f"a{place}",
                "title": example.activities[place % len(example.activities)].title,
                "description": writer.text(450),
                "partner": rng.choice(partners),
            }
            for place in range(rng.randint(4, 6))
        ],
        "deliverables": [
            {
                "id": f"d{place}",
                "title": example.deliverables[place % len(example.deliverables)].title,
                "description": writer.text(350),
                "month": rng.randint(max(first, 3), last),
                "outcome": outcomes.get(number, "") if place == 0 else "",
                "partner": rng.choice(partners),
            }
            for place in range(rng.randint(2, 4))
        ],
    }


def _budget(writer: Writer) -> list[dict[str, Any]]:
    """A line for each partner, work package of its, cost category and period."""
    descriptions: dict[str, list[str]] = {}
    for line in example_proposal().budget:
        descriptions.setdefault(line.category, []).append(line.description)
    places = [
        (partner, category, number, period.id)
        for partner in range(PARTNERS)
        for number in work_packages_of(partner)
        for category in WEIGHTS
        for period in the_call().periods
    ]
    amounts = zip(
        places, _divided(writer, SUBSIDY, places), _divided(writer, OWN_MEANS, places), strict=True
    )
    return [
        {
            "id": f"b{count:04d}",
            "partner": f"p{partner:02d}",
            "category": category,
            "work_package": f"wp{number + 1}",
            "period": period,
            "description": writer.rng.choice(descriptions[category]),
            "subsidy": subsidy,
            "own_means": own,
        }
        for count, ((partner, category, number, period), subsidy, own) in enumerate(amounts, 1)
    ]


def _divided(writer: Writer, total: int, places: list[tuple[int, str, int, str]]) -> list[int]:
    """`total` over the lines, by the weight of their cost category and by chance."""
    weights = [WEIGHTS[category] * writer.rng.randint(50, 150) for _, category, _, _ in places]
    return money.divide(total, weights)
