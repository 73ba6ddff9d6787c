"""The grid and the type scale: everything in the window keeps to these."""

from __future__ import annotations

GRID = 8
"""Device-independent pixels; every gap and margin is a multiple or a half of it."""

RADIUS = 6
"""Of the corners of inputs, buttons and cards."""

COLUMN = 760
"""The widest that a column of fields gets: longer lines read badly."""

PANEL = 280
"""The width of the panel with guidance beside the fields."""

STEPS = 280
"""The width of the list of steps."""

WIDE = 1160
"""From this width of a page on, guidance stands beside the fields and not beneath them."""

TYPE = {"small": 0.92, "body": 1.0, "lead": 1.12, "title": 1.3, "display": 1.75}
"""Sizes of type by role, as shares of the system's own font."""


def gap(units: float) -> int:
    """A distance in units of the grid."""
    return round(GRID * units)
