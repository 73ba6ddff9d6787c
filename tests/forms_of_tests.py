"""Small proposals for the forms that are not the main one: a Factory action, and a street prize."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

from sif_desktop.calls import folder
from sif_desktop.calls.call import Call
from sif_desktop.model.proposal import Proposal

FORMS = Path(__file__).parent / "forms"
ACTION = "fabriek-actie"
PRIZE = "buurtprijs"


@cache
def action_call() -> Call:
    """The form of a Factory action."""
    return folder.find(ACTION)


@cache
def prize_call() -> Call:
    """The tiny form that lives in the tests alone."""
    return folder.read(FORMS / PRIZE)


def bring_prize_form(home: Path) -> None:
    """Puts the tiny form among a user's own."""
    shutil.copytree(FORMS / PRIZE, home / "forms" / PRIZE, dirs_exist_ok=True)


def prize(**changes: Any) -> Proposal:
    """A proposal for the street prize, without faults."""
    tree: dict[str, Any] = {
        "id": "straat",
        "call": PRIZE,
        "edition": "1",
        "project": {"title": "Bomen in de Kerkstraat"},
        "answers": {"trees": 12},
        "budget": [{"id": "b1", "category": "plants", "subsidy": 30_000}],
    }
    return Proposal.model_validate(tree | changes)


def action(**changes: Any) -> Proposal:
    """A Factory action of one partner, in which nothing blocks an export."""
    tree: dict[str, Any] = {
        "id": "avonden",
        "call": ACTION,
        "edition": action_call().edition,
        "project": {
            "title": "Twaalf avonden voor de wijk",
            "acronym": "AVOND",
            "summary": "Buurten en bedrijven werken samen ideeën uit.",
            "need": "Veel bewoners kennen elkaar niet.",
            "start": "2014-01-01",
            "duration": 24,
        },
        "answers": {
            "approach": "community",
            "community_actions": ["local_networking"],
            "description": "Elke maand een avond in een andere wijk.",
            "reach": 600,
            "engage": 210,
            "action": 32,
            "nurture_studies": 4,
            "nurture_trajectories": 1,
            "contribution_grounds": "De ledenlijst van het buurtwerk.",
        },
        "partners": [
            {
                "id": "buurt",
                "name": "Buurtwerk Appelveld vzw (voorbeeld)",
                "short_name": "Buurtwerk",
                "kind": "civil_society",
                "role": "coordinator",
                "seat": "flanders",
                "enterprise_number": "0123456749",
                "iban": "BE68539007547034",
                "address": "Voorbeeldstraat 1",
                "contact_name": "Noëlla Vanderzenne",
                "contact_email": "n@example.org",
                "signatory_name": "Inès Margé",
                "signatory_function": "voorzitter",
                "disciplines": ["social_work"],
                "expertise": "Tien jaar buurtwerk.",
                "contribution": "Leidt de avonden.",
            }
        ],
        "work_packages": [
            {
                "id": "wp1",
                "title": "Avonden",
                "objective": "Elke wijk heeft een groep die verdergaat.",
                "lead": "buurt",
                "first_month": 1,
                "last_month": 24,
                "activities": [{"id": "a1", "title": "Avonden houden", "partner": "buurt"}],
                "deliverables": [
                    {"id": "d1", "title": "Draaiboek", "month": 24, "partner": "buurt"}
                ],
            }
        ],
        "budget": [
            {
                "id": "b1",
                "partner": "buurt",
                "category": "staff",
                "work_package": "wp1",
                "period": "year-1",
                "description": "Begeleider, halftijds",
                "subsidy": 2_000_000,
                "own_means": 500_000,
            }
        ],
    }
    return Proposal.model_validate(tree | changes)
