"""What a side does to a proposal, for tests of merging: series of edits as a person makes them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from strategies import edits

from sif_desktop.model.edit import Add, Edit, Set, apply
from sif_desktop.model.proposal import Proposal

PARAGRAPHS = ("Eerst dit.", "Dan dat.", "En dan nog iets.", "Ten slotte.", "Naschrift.")


@st.composite
def texts_in_paragraphs(draw: st.DrawFn) -> str:
    """A text of a few paragraphs, some of them reworded, so that two sides have some in common."""
    chosen = [one for one in PARAGRAPHS if draw(st.booleans())]
    reworded = [
        f"{one} {draw(st.sampled_from('abc'))}" if draw(st.booleans()) else one for one in chosen
    ]
    return draw(st.sampled_from(("\n\n", "\n"))).join(reworded)


LONG_TEXTS = ("project/summary", "project/need", "answers/vision_future")


@st.composite
def worked_on(draw: st.DrawFn, proposal: Proposal, side: str, most: int = 5) -> Proposal:
    """A proposal after some edits; what a side adds has ids that only it gives."""
    for number in range(draw(st.integers(0, most))):
        proposal, _ = apply(proposal, draw(acts(proposal, f"{side}{number}")))
    return proposal


@st.composite
def acts(draw: st.DrawFn, proposal: Proposal, new: str) -> Edit:
    """An edit that fits a proposal; an item that it adds gets an id that begins with `new`."""
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.sampled_from(LONG_TEXTS))
        return Set(at=at, value=draw(texts_in_paragraphs()))
    edit = draw(edits(proposal))
    if isinstance(edit, Add):
        # A random head, so that ids of different sides sort every way.
        head = draw(st.sampled_from("akz"))
        item: dict[str, Any] = {**edit.item, "id": f"{head}-{new}"}
        return edit.model_copy(update={"item": item})
    return edit
