"""Partners: who they are, where their seat is, and what they can carry."""

from __future__ import annotations

from sif_desktop.model.values import Choices, Item, Number, Text


class Partner(Item):
    """One organisation of the consortium.

    `kind`, `seat`, `role` and `disciplines` are identities from the call's choices. The core reads
    these meanings: seat "flanders", "brussels" or "abroad"; role "coordinator", "co_applicant" or
    "subcontractor". Amounts are in cents.
    """

    name: Text = ""
    short_name: Text = ""
    kind: Text = ""
    role: Text = ""
    seat: Text = ""
    country: Text = ""
    address: Text = ""
    enterprise_number: Text = ""
    iban: Text = ""
    website: Text = ""
    contact_name: Text = ""
    contact_email: Text = ""
    contact_phone: Text = ""
    signatory_name: Text = ""
    signatory_function: Text = ""
    disciplines: Choices = ()
    expertise: Text = ""
    contribution: Text = ""
    eligibility_ground: Text = ""
    capacity: Text = ""
    capacity_term: Text = ""
    capacity_means: Number = ""
