"""How wide the columns of the grid are, in the room that there is. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sif_desktop import money
from sif_desktop.ui.budget.columns import Column
from sif_desktop.ui.look.tokens import gap

_WIDTHS = {
    "partner": (13, 9, 3),
    "category": (12, 9, 1),
    "work_package": (13, 7, 4),
    "period": (13, 8, 0),
    "description": (18, 9, 6),
    "subsidy": (11, 9, 0),
    "own_means": (11, 9, 0),
    "total": (11, 9, 0),
}
"""Letters to begin with and at least, and the share of what room is left."""

_OTHER = (14, 9, 1)


def widths(
    columns: Sequence[Column], letter: int, room: int, needed: Mapping[str, int]
) -> list[int]:
    """The width of each column for letters of a width; all together fill the room.

    Where there is too little, columns get narrower, each down to its least: then they are wider
    than the room together. `needed` holds pixels below which a column never goes, by its name.
    """
    wanted = [_WIDTHS.get(column.name, _OTHER) for column in columns]
    least = [
        max(fewest * letter + gap(2), needed.get(column.name, 0))
        for column, (_, fewest, _) in zip(columns, wanted, strict=True)
    ]
    begun = [
        max(letters * letter + gap(2), narrowest)
        for (letters, _, _), narrowest in zip(wanted, least, strict=True)
    ]
    left = room - sum(begun)
    if left >= 0:
        parts = money.divide(left, [share for _, _, share in wanted])
    else:
        spare = [width - narrowest for width, narrowest in zip(begun, least, strict=True)]
        parts = [-part for part in money.divide(min(-left, sum(spare)), spare)]
    return [width + part for width, part in zip(begun, parts, strict=True)]
