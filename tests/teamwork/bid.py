"""What everybody in the story of a bid does to the example dossier, and what must come of it."""

from __future__ import annotations

from typing import Any

from dossiers import example_proposal

from sif_desktop.app.session import Session
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Move, Set
from sif_desktop.model.proposal import Proposal

KEPT, VOICE, PLAN = "answers/effects_kept", "answers/empowerment_voice", "project/summary"
INDEPENDENCE = "answers/capacity_independence"
ASSIGNED = {
    "demerzicht": ("project/title", KEPT),
    "hospita": (KEPT,),
    "zennebron": (VOICE,),
    "pannen": (INDEPENDENCE,),
    "kladblok": (PLAN,),
}
CLASHES = {
    "demerzicht": ("project/title", "value", "theirs"),
    "hospita": ("budget/b31/subsidy", "value", "mine"),
    "zennebron": ("budget/b46", "removed_here", "theirs"),
}
"""Where the coordinator and a partner clash, how it is told, and what is chosen."""


def typed(session: Session, at: str, text: Any) -> None:
    """Types a text key by key, at its end faster."""
    for end in range(1, min(len(text), 6)):
        session.type(at, text[:end])
    session.type(at, text)
    session.settle()


def with_paragraph(proposal: Proposal, number: int, text: str) -> str:
    """The text on the effects, with one paragraph reworded."""
    parts = str(proposal.answers["effects_kept"]).split("\n\n")
    parts[number] = text
    return "\n\n".join(parts)


def coordinator(session: Session) -> None:
    typed(session, "project/title", "Dakdelers (voorbeeld): jong en oud onder één dak")
    session.do([Set(at="budget/b31/subsidy", value=300_000)])
    session.do([Drop(at="budget/b46")])
    session.do([Set(at=KEPT, value=with_paragraph(session.proposal, 3, "Ieder jaar vragen we."))])


def demerzicht(session: Session) -> None:
    typed(session, "project/title", "Dakdelers (voorbeeld): twee generaties, één huis")
    typed(session, "partners/demerzicht/contact_phone", "+32 15 00 00 99")
    session.do([Set(at="budget/b20/subsidy", value=190_000)])
    session.do([Set(at=KEPT, value=with_paragraph(session.proposal, 0, "Er zijn drie ankers."))])


def hospita(session: Session) -> None:
    session.do([Set(at="budget/b31/subsidy", value=310_000)])
    session.do([Set(at=KEPT, value=with_paragraph(session.proposal, 2, "Het derde is geld."))])
    line = {"id": "reis", "partner": "hospita", "category": "operating", "period": "m07-12"}
    line |= {"work_package": "wp5", "description": "Slotreis", "subsidy": 5_000, "own_means": 0}
    session.do([Add(at="budget", item=line, after="b36")])
    session.do([Set(at="partners/hospita/website", value="https://example.org/nergens")])
    session.undo()


def zennebron(session: Session) -> None:
    session.do([Set(at="budget/b46/subsidy", value=20_000)])
    session.do([Set(at="work_packages/wp3/deliverables/d32/title", value="Verslag van de duo’s")])
    session.do([Drop(at="budget/b53")])
    typed(session, VOICE, "De bewoners beslissen mee in de dakraad.")


def pannen(session: Session) -> None:
    session.do([Set(at="partners/pannen/capacity_means", value=1_450_000)])
    activity = {"id": "markt", "title": "Gesprek met drie verzekeraars", "partner": "pannen"}
    session.do([Add(at="work_packages/wp5/activities", item=activity, after="a52")])
    typed(session, INDEPENDENCE, "Vanaf zestig duo’s draagt het model zichzelf.")


def kladblok(session: Session) -> None:
    session.do([Move(at="budget/b64", after="b62")])
    session.do([Set(at="budget/b63/description", value="Bijsturing bij de duo’s: 2 dagen")])
    typed(session, "partners/kladblok/expertise", "Wij tekenen wat anderen bedoelen.")
    typed(session, PLAN, "Ouderen en jongvolwassenen delen een huis, met een overeenkomst.")


WORK = (demerzicht, hospita, zennebron, pannen, kladblok)


def nothing_was_lost(found: Proposal) -> None:
    """What everybody did is there, but for what was chosen otherwise."""
    kept = str(found.answers["effects_kept"]).split("\n\n")
    assert kept[0] == "Er zijn drie ankers."
    assert kept[2:] == ["Het derde is geld.", "Ieder jaar vragen we."]
    assert found.project.title.endswith("twee generaties, één huis")
    website = value_at(example_proposal(), "partners/hospita/website")
    expected = {
        "budget/b31/subsidy": 300_000,
        "budget/b46/subsidy": 20_000,
        "budget/b20/subsidy": 190_000,
        "budget/reis/subsidy": 5_000,
        "partners/demerzicht/contact_phone": "+32 15 00 00 99",
        "partners/hospita/website": website,  # done and undone
        "partners/pannen/capacity_means": 1_450_000,
        "partners/kladblok/expertise": "Wij tekenen wat anderen bedoelen.",
        "work_packages/wp3/deliverables/d32/title": "Verslag van de duo’s",
        "work_packages/wp5/activities/markt/partner": "pannen",
        VOICE: "De bewoners beslissen mee in de dakraad.",
        INDEPENDENCE: "Vanaf zestig duo’s draagt het model zichzelf.",
        PLAN: "Ouderen en jongvolwassenen delen een huis, met een overeenkomst.",
    }
    assert {at: value_at(found, at) for at in expected} == expected
    lines = [line.id for line in found.budget]
    assert "b53" not in lines
    assert lines[lines.index("b62") + 1] == "b64"
    assert len(lines) == len(set(lines)) == len(example_proposal().budget)
