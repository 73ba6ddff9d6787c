"""One walk through three trees, part by part, that makes the merged tree and the choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sif_desktop.model.address import shapes, value_at
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set
from sif_desktop.model.proposal import Attachment, Proposal
from sif_desktop.model.values import Frozen, Item
from sif_desktop.teamwork.choice import Choice, ChoiceKind, Tracing
from sif_desktop.teamwork.order import Arrangement, arranged, behind_each, moves
from sif_desktop.teamwork.turns import Rank, Sides, Turns, in_turn
from sif_desktop.teamwork.values import combined

Forced = frozenset[str]
"""Items that the other side removed and that are not to be taken away without asking."""

_NEVER_MERGED = ("id", "format")
_TOGETHER: dict[type[Frozen], tuple[str, ...]] = {
    Attachment: ("filename", "media_type", "size", "pages", "sha256")
}
"""Values that describe one thing together: half of one side and half of the other is neither."""

_Part = TypeVar("_Part", bound=Frozen)


@dataclass
class Walk:
    """What a walk knows and gathers.

    `dropped` are the items taken away since theirs are gone, and `taken` the other side's order of
    a list as far as it may change it.
    """

    there: Sequence[Edit]
    allowed: Callable[[Edit], bool]
    forced: Forced
    mine_by: Tracing
    theirs_by: Tracing
    turns: Turns
    rank: Rank
    taken: dict[str, Sequence[str]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    _found: list[Choice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._moved_there = {edit.at for edit in self.there if edit.op == "move"}

    def whole(self, base: Proposal, mine: Proposal, theirs: Proposal) -> Proposal:
        """The merged tree."""
        self._theirs = theirs
        self._base = base
        self.merged = self._part(base, mine, theirs, "")
        return self.merged

    @property
    def offered(self) -> frozenset[str]:
        """The items of the other side that come only where a person chooses so."""
        return frozenset(
            choice.at for choice in self._found if any(edit.op == "add" for edit in choice.take)
        )

    def choices(self) -> tuple[Choice, ...]:
        """What is left for a person to decide."""
        return tuple(self._found)

    def ask_for_return(self, gone: Iterable[str]) -> None:
        """Items that this side removed, unchanged by the other, which its new work refers to."""
        asked = {choice.at for choice in self._found if choice.kind == "removed_here"}
        for at in gone:
            if at not in asked:
                name, _, key = at.partition("/")
                item = value_at(self._theirs, at)
                held = [one.id for one in getattr(self.merged, name)]
                ids = [
                    [one.id for one in getattr(tree, name)] for tree in (self._base, self._theirs)
                ]
                order = arranged(ids[0], held, ids[1], {*held, key}).merged
                take = Add(
                    at=name, item=item.model_dump(mode="json"), after=behind_each(order, held)[key]
                )
                self._ask("used_there", at, (item, None, item), (take,))

    def _ask(
        self,
        kind: ChoiceKind,
        at: str,
        sides: tuple[Any, Any, Any],
        take: tuple[Edit, ...],
        keep: tuple[Edit, ...] = (),
    ) -> None:
        """Makes a choice of what the base, this side and the other have at an address."""
        by = self.mine_by(at), self.theirs_by(at)
        self._found.append(Choice(kind, at, *sides, take, keep, *by))

    def _part(self, base: _Part | None, mine: _Part, theirs: _Part, prefix: str) -> _Part:
        """A part of the tree; without a base it is one that both sides added."""
        if theirs == base or (theirs == mine and not self.turns):
            return mine
        changed: dict[str, Any] = {}
        together = _TOGETHER.get(type(mine), ())
        if together:
            changed.update(self._together(together, base, mine, theirs, prefix))
        for name, shape in shapes(type(mine)).items():
            if name in _NEVER_MERGED or name in together:
                continue
            sides: list[Any] = [
                getattr(side, name) if side else None for side in (base, mine, theirs)
            ]
            at = f"{prefix}{name}"
            if shape.kind == "part":
                value: Any = self._part(sides[0], sides[1], sides[2], f"{at}/")
            elif shape.kind == "list":
                value = self._list(sides[0] or (), sides[1], sides[2], at)
            elif shape.kind == "answers":
                value = self._answers(sides[0], sides[1], sides[2], at)
            else:
                value = self._value(sides[0], sides[1], sides[2], at)
            if value is not sides[1]:
                changed[name] = value
        return mine.model_copy(update=changed) if changed else mine

    def _value(self, base: Any, mine: Any, theirs: Any, at: str) -> Any:
        """A leaf: as both have it, as the one has it that changed it, or a choice."""
        if theirs in (mine, base):
            return mine
        both = combined(base, mine, theirs)
        edit = Set(at=at, value=theirs)
        if not self.allowed(edit):
            if both.theirs != mine:
                kind: ChoiceKind = "value" if both.clash else "outside"
                self._ask(kind, at, (base, mine, both.theirs), (Set(at=at, value=both.theirs),))
            return mine
        if both.clash:
            self._ask("value", at, (base, both.mine, both.theirs), (Set(at=at, value=both.theirs),))
        return both.mine

    def _together(
        self, names: tuple[str, ...], base: Any, mine: Any, theirs: Any, prefix: str
    ) -> dict[str, Any]:
        """Values that are taken from one side, all of them."""
        here, there = (tuple(getattr(side, name) for name in names) for side in (mine, theirs))
        old = tuple(getattr(base, name) for name in names) if base else None
        if there in (here, old):
            return {}
        take = tuple(
            Set(at=f"{prefix}{name}", value=value) for name, value in zip(names, there, strict=True)
        )
        if old == here and all(self.allowed(edit) for edit in take):
            return {edit.at.removeprefix(prefix): edit.value for edit in take}
        kind: ChoiceKind = "outside" if old == here else "value"
        self._ask(kind, f"{prefix}{names[0]}", (old and old[0], here[0], there[0]), take)
        return {}

    def _answers(
        self, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], at: str
    ) -> dict[str, Any]:
        merged = dict(mine)
        for key in sorted(base.keys() | theirs.keys()):
            sides = [side.get(key, "") for side in (base, mine, theirs)]
            value = self._value(sides[0], sides[1], sides[2], f"{at}/{key}")
            if value in ("", ()):
                merged.pop(key, None)
            else:
                merged[key] = value
        return mine if merged == mine else merged

    def _list(
        self, base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item], at: str
    ) -> Sequence[Item]:
        """A list of items: which ones there are, what each holds, and their order."""
        if theirs == base or (theirs == mine and not self.turns):
            return mine
        olds, heres, theres = ({item.id: item for item in side} for side in (base, mine, theirs))
        sides = list(olds), list(heres), list(theres)
        turned = self._turned(at, *sides)
        kept: dict[str, Item] = {}
        offered: dict[str, tuple[ChoiceKind, Item | None]] = {}
        for key, item in heres.items():
            there, old = theres.get(key), olds.get(key)
            if there is not None:
                kept[key] = self._part(old, item, there, f"{at}/{key}/")
            elif old is None or not self._taken_away(old, item, f"{at}/{key}", turned):
                kept[key] = item
        for key, item in theres.items():
            if key not in heres:
                kind = self._offer(olds.get(key), item, at, turned)
                if kind:
                    offered[key] = kind, olds.get(key)
                elif key not in olds:
                    kept[key] = item
        order = self._order(at, Sides(*sides), kept, turned)
        self._ask_to_add(at, offered, theres, sides, kept)
        merged = tuple(kept[key] for key in order)
        same = len(merged) == len(mine) and all(a is b for a, b in zip(merged, mine, strict=True))
        return mine if same else merged

    def _taken_away(self, old: Item, item: Item, at: str, turned: Arrangement | None) -> bool:
        """Whether an item that the other side removed goes; a choice is made where that clashes."""
        drop = Drop(at=at)
        kind: ChoiceKind | None = None
        if at in self.forced:
            kind = "used_here"
        elif old != item or (turned and item.id in turned.merged):
            kind = "removed_there"
        elif not self.allowed(drop):
            kind = "outside"
        if kind:
            self._ask(kind, at, (old, item, None), (drop,))
            return False
        self.dropped.append(at)
        return True

    def _offer(
        self, old: Item | None, item: Item, at: str, turned: Arrangement | None
    ) -> ChoiceKind | None:
        """As what an item that only the other side has is to be offered, if at all."""
        if old is None:
            add = Add(at=at, item=item.model_dump(mode="json"))
            if not self.allowed(add):
                return "outside"
            return "removed_here" if turned and item.id not in turned.merged else None
        changed = old != item or f"{at}/{item.id}" in self._moved_there
        return "removed_here" if changed else None

    def _ask_to_add(
        self,
        at: str,
        offered: dict[str, tuple[ChoiceKind, Item | None]],
        theres: dict[str, Item],
        sides: tuple[list[str], list[str], list[str]],
        kept: dict[str, Item],
    ) -> None:
        """A choice for each item that only the other side has and that does not come by itself."""
        if not offered:
            return
        order = arranged(*sides, {*kept, *offered}).merged
        behind = behind_each(order, kept)
        for key in order:
            if key in offered:
                kind, old = offered[key]
                item = theres[key]
                take = Add(at=at, item=item.model_dump(mode="json"), after=behind[key])
                self._ask(kind, f"{at}/{key}", (old, None, item), (take,))

    def _may_move(self, at: str) -> bool:
        """Whether the other side may put a list in the order in which it has it."""
        moved = [at_item for at_item in self._moved_there if at_item.rpartition("/")[0] == at]
        return all(self.allowed(Move(at=at_item)) for at_item in moved)

    def _turned(
        self, at: str, base: list[str], mine: list[str], theirs: list[str]
    ) -> Arrangement | None:
        """The list as it comes out of all merges on which this one follows, the oldest file first.

        None where it follows on none, or changes nothing about rows and their order.
        """
        self.taken[at] = taken = theirs if self._may_move(at) else _unmoved(base, theirs)
        turns = self.turns.get(at, ())
        if not turns or list(turns[-1][1].after) != mine or taken == base:
            return None
        return in_turn(turns, self.rank, base, taken)

    def _order(
        self, at: str, sides: Sides, kept: dict[str, Item], turned: Arrangement | None
    ) -> list[str]:
        """The order of the merged list; moves that are not to be made unasked are a choice."""
        taken = Sides(sides.base, sides.mine, self.taken[at])
        shown = (list(sides.base), list(sides.mine), list(sides.theirs))
        whole = found = arranged(sides.base, sides.mine, sides.theirs, kept)
        if taken != sides:
            found = arranged(taken.base, taken.mine, taken.theirs, kept)
        merged = found.merged
        if whole.merged != merged:
            self._ask("outside", at, shown, moves(at, merged, whole.merged))
        elif found.clash and self._may_move(at):
            take, keep = (moves(at, merged, one) for one in (found.theirs, found.mine))
            self._ask("order", at, shown, take, keep)
        elif turned and turned.merged != merged and set(turned.merged) == set(merged):
            if taken.keeps_all(turned):
                return turned.merged
            here, there = set(sides.mine), set(sides.theirs)
            mine = [key for key in merged if key in here]
            theirs = [key for key in turned.merged if key in there]
            self._ask("order", at, (shown[0], mine, theirs), moves(at, merged, turned.merged))
        return merged


def _unmoved(base: list[str], theirs: list[str]) -> list[str]:
    """The other side's list as if it had left the order of the base as it was."""
    places = {key: place for place, key in enumerate(base)}
    turn = iter(sorted((key for key in theirs if key in places), key=places.__getitem__))
    return [next(turn) if key in places else key for key in theirs]
