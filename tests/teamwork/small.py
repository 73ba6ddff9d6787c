"""A small proposal in which a few people work close together, so that their edits often meet."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set, apply
from sif_desktop.model.proposal import Proposal

PARTNERS = ("p1", "p2", "p3")
TEXT = "Eerst dit.\n\nDan dat.\n\nEn dan nog iets.\n\nTen slotte."


def small() -> Proposal:
    """Three partners, two work packages, four budget lines, one text of four paragraphs."""
    return Proposal.model_validate(
        {
            "id": "small",
            "call": "oproep-sociale-innovatie",
            "project": {"summary": TEXT, "exclusions": ["none"], "innovation_kinds": ["product"]},
            "answers": {"vision_future": TEXT},
            "partners": [{"id": key, "name": key.upper()} for key in PARTNERS],
            "work_packages": [
                {
                    "id": f"w{number}",
                    "lead": f"p{number}",
                    "partners": ["p3"],
                    "deliverables": [
                        {"id": f"d{number}{partner}", "partner": f"p{partner}"}
                        for partner in (1, 2, 3)
                    ],
                }
                for number in (1, 2)
            ],
            "budget": [
                {"id": f"b{n}", "partner": f"p{n % 3 + 1}", "work_package": "w1", "subsidy": n}
                for n in range(4)
            ],
            "attachments": [{"id": "a1", "filename": "a.pdf", "sha256": "a" * 64, "size": 1}],
        }
    )


LISTS = {
    "partners": ({"name": "N"}, {"name": "O"}),
    "work_packages": ({"lead": "p1"}, {"lead": "p2", "partners": ["p1", "p3"]}),
    "budget": (
        {"partner": "p1", "subsidy": 5},
        {"partner": "p2", "subsidy": 6},
        {"partner": "p3", "work_package": "w2"},
    ),
    "deliverables": ({"partner": "p1"}, {"partner": "p2"}, {"partner": "p3"}),
}


@st.composite
def one_edit(draw: st.DrawFn, tree: Proposal, new: str) -> Edit:
    """An edit that fits; what it adds gets an id that begins with one of a few letters."""
    kinds = ("text", "value", "value", "choices", "add", "drop", "move", "move", "file")
    kind = draw(st.sampled_from(kinds))
    if kind == "text":
        place = draw(st.sampled_from(("project/summary", "answers/vision_future")))
        return Set(at=place, value=draw(texts(str(value_at(tree, place)))))
    if kind == "choices":
        place = draw(st.sampled_from(("project/exclusions", "project/innovation_kinds")))
        return Set(at=place, value=tuple(draw(st.permutations("abcd"))[:2]))
    if kind == "file" and tree.attachments:
        pairs = [("sha256", "b" * 64), ("sha256", "c" * 64), ("size", 2), ("size", 3)]
        name, value = draw(st.sampled_from(pairs))
        return Set(at=f"attachments/a1/{name}", value=value)
    lists = ["partners", "work_packages", "budget"]
    lists += [f"work_packages/{one.id}/deliverables" for one in tree.work_packages]
    return draw(in_list(tree, draw(st.sampled_from(lists)), kind, new))


@st.composite
def in_list(draw: st.DrawFn, tree: Proposal, at: str, kind: str, new: str) -> Edit:
    """An edit of a list, or of a value in one of its items."""
    keys = [item.id for item in value_at(tree, at)]
    if kind == "add" or not keys:
        item = draw(st.sampled_from(LISTS[at.rpartition("/")[2]]))
        head = draw(st.sampled_from("akz"))
        behind = draw(st.sampled_from(["", *keys]))
        return Add(at=at, item={**item, "id": f"{head}-{new}"}, after=behind)
    key = draw(st.sampled_from(keys))
    if kind == "drop":
        return Drop(at=f"{at}/{key}")
    if kind == "move":
        behind = draw(st.sampled_from(["", *(one for one in keys if one != key)]))
        return Move(at=f"{at}/{key}", after=behind)
    return draw(values(f"{at}/{key}", at.rpartition("/")[2]))


@st.composite
def own_edit(draw: st.DrawFn, tree: Proposal, partner: str, new: str) -> Edit:
    """An edit of what a partner calls its own: its lines, its entry, a text given to it."""
    lines = [line.id for line in tree.budget if line.partner == partner]
    kind = draw(st.sampled_from(("text", "line", "line", "entry", "add", "add", "drop")))
    here = any(item.id == partner for item in tree.partners)
    if kind == "text" or not (lines and here):
        text = str(value_at(tree, "answers/vision_future"))
        return Set(at="answers/vision_future", value=draw(texts(text)))
    line = f"budget/{draw(st.sampled_from(lines))}"
    edits: dict[str, Edit] = {
        "line": Set(at=f"{line}/subsidy", value=draw(st.integers(0, 3))),
        "entry": Set(at=f"partners/{partner}/name", value=draw(st.sampled_from("ABC"))),
        "add": Add(
            at="budget",
            item={"id": f"{draw(st.sampled_from('akz'))}-{new}", "partner": partner},
            after=draw(st.sampled_from(["", *(one.id for one in tree.budget)])),
        ),
        "drop": Drop(at=line),
    }
    return edits[kind]


def values(at: str, name: str) -> st.SearchStrategy[Edit]:
    """Another value in an item of a list."""
    fields: dict[str, tuple[tuple[str, tuple[Any, ...]], ...]] = {
        "partners": (("name", ("A", "B")), ("disciplines", (("a",), ("b", "c")))),
        "work_packages": (
            ("title", ("A", "B")),
            ("lead", PARTNERS),
            ("partners", (("p1",), ("p2", "p3"))),
        ),
        "budget": (("subsidy", (7, 8)), ("partner", PARTNERS), ("work_package", ("w1", "w2"))),
        "deliverables": (("month", (1, 2, "?")), ("partner", PARTNERS)),
    }
    pairs = [(field, value) for field, choices in fields[name] for value in choices]
    return st.sampled_from(pairs).map(lambda pair: Set(at=f"{at}/{pair[0]}", value=pair[1]))


@st.composite
def texts(draw: st.DrawFn, text: str) -> str:
    """A text with a paragraph reworded, added, removed or moved."""
    parts = text.split("\n\n") if text else []
    place = draw(st.integers(0, len(parts)))
    word = draw(st.sampled_from(("Nieuw.", "Anders.", "Dan dat.", "")))
    act = draw(st.sampled_from(("add", "reword", "reword", "remove", "move", "clear")))
    if act == "clear":
        parts = []
    elif act == "add" or place == len(parts):
        parts.insert(place, word)
    elif act == "reword":
        parts[place] = f"{parts[place]} {word}"
    else:
        moved = parts.pop(place)
        if act == "move":
            parts.insert(draw(st.integers(0, len(parts))), moved)
    return "\n\n".join(parts)


@st.composite
def worked_close(draw: st.DrawFn, tree: Proposal, side: str, most: int = 4) -> Proposal:
    """A proposal after a few edits of one side."""
    for number in range(draw(st.integers(1, most))):
        tree, _ = apply(tree, draw(one_edit(tree, f"{side}{number}")))
    return tree
