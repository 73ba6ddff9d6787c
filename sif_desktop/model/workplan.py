"""The work plan: work packages with their months, activities and deliverables."""

from __future__ import annotations

from sif_desktop.model.values import Choices, Item, Items, Number, Text


class Activity(Item):
    """Something that is done within a work package, by a partner (its id)."""

    title: Text = ""
    description: Text = ""
    partner: Text = ""


class Deliverable(Item):
    """What a work package hands over, in a month counted from the start.

    `outcome` is the identity of a compulsory outcome of the call that this deliverable is, or "".
    """

    title: Text = ""
    description: Text = ""
    month: Number = ""
    outcome: Text = ""
    partner: Text = ""


class WorkPackage(Item):
    """A part of the work: from `first_month` to `last_month`, both counted from 1 and included."""

    title: Text = ""
    objective: Text = ""
    lead: Text = ""
    partners: Choices = ()
    first_month: Number = ""
    last_month: Number = ""
    activities: Items[Activity] = ()
    deliverables: Items[Deliverable] = ()
