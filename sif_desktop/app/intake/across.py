"""What only the holder of all bundles can say: sums against the call, and what comes twice.

What counts is intact, signed, and not replaced by a newer bundle of the same proposal with the
same key. All questions are answered by the ledger, so that memory does not grow with the bundles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sif_desktop.app.intake.ledger import Ledger
from sif_desktop.app.intake.row import Row, State, from_text
from sif_desktop.calls.call import Call
from sif_desktop.calls.targets import target_fields, target_of
from sif_desktop.errors import SifError

CALL_MONEY = "call_money"
"""The name that a form gives to the parameter with the money of the whole call."""


@dataclass(frozen=True, slots=True)
class Target:
    """The sum of a number that adds to a target, over all bundles that count."""

    field: str
    sum: int
    target: int


@dataclass(frozen=True, slots=True)
class ThemeSum:
    """What is asked and paid with own means in one theme, in cents."""

    theme: str
    priority: bool
    bundles: int
    asked: int
    own_means: int


@dataclass(frozen=True)
class CallOverview:
    """One call: what is asked of its money. Amounts are in cents, shares in basis points.

    `money`, `priority_share` and `priority_asked` are None where the call does not set them.
    """

    call: Call
    bundles: int
    asked: int
    own_means: int
    money: int | None
    priority_share: int | None
    priority_asked: int | None
    themes: tuple[ThemeSum, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Overview:
    """All calls, and how many bundles are in each state; `replaced` are intact and not counted."""

    counts: dict[State, int]
    replaced: int
    calls: tuple[CallOverview, ...]

    @property
    def whole(self) -> int:
        """How many bundles there are."""
        return sum(self.counts.values())

    @property
    def faulty(self) -> int:
        """How many bundles are broken or cannot be read."""
        return self.counts["broken"] + self.counts["unreadable"]


def overview(ledger: Ledger, folder: Path) -> Overview:
    """What all bundles of a ledger come to. Raises nothing for what a bundle holds."""
    counts: dict[State, int] = {"good": 0, "blocked": 0, "broken": 0, "unreadable": 0}
    for state, count in ledger.question("SELECT state, count(*) FROM bundles GROUP BY state"):
        if state in counts:
            counts[state] = count
    (replaced,) = next(ledger.question("SELECT count(*) FROM bundles WHERE replaced_by <> ''"))
    ids = [
        call_id for (call_id,) in ledger.question("SELECT DISTINCT call FROM counted ORDER BY call")
    ]
    calls = (_of_call(ledger, call) for call in (_call(ledger, folder, one) for one in ids) if call)
    return Overview(counts, replaced, tuple(calls))


def _call(ledger: Ledger, folder: Path, call_id: str) -> Call | None:
    """A call as this machine knows it, else as the first bundle that counts carries it."""
    from sif_desktop.app.sources import read

    (file,) = next(
        ledger.question("SELECT file FROM counted WHERE call = ? ORDER BY file LIMIT 1", call_id)
    )
    try:
        from sif_desktop.calls.folder import find
        from sif_desktop.rules.audit import usable

        return usable(find(call_id))
    except SifError:
        pass
    try:
        return read(folder / file).call
    except SifError:
        return None


def _of_call(ledger: Ledger, call: Call) -> CallOverview:
    themes = tuple(
        ThemeSum(theme, bool(priority), *sums)
        for theme, priority, *sums in ledger.question(
            "SELECT theme, priority, count(*), sum(asked), sum(own_means) FROM counted "
            "WHERE call = ? GROUP BY theme, priority ORDER BY theme",
            call.id,
        )
    )
    share = _priority_share(call)
    priority = sum(one.asked for one in themes if one.priority)
    return CallOverview(
        call,
        sum(one.bundles for one in themes),
        sum(one.asked for one in themes),
        sum(one.own_means for one in themes),
        call.figure(CALL_MONEY),
        share,
        None if share is None else priority,
        themes,
        tuple(_targets(ledger, call)),
    )


def _priority_share(call: Call) -> int | None:
    """The share of the money that goes first to some themes, by the call's rule on them."""
    for rule in call.rules:
        if rule.code == "priority_themes":
            return call.figure(rule.parameters.get("share", ""))
    return None


def _targets(ledger: Ledger, call: Call) -> Iterator[Target]:
    sums = dict(
        ledger.question(
            "SELECT field, sum(value) FROM numbers JOIN counted USING (file) "
            "WHERE call = ? GROUP BY field",
            call.id,
        )
    )
    for field in target_fields(call):
        target = target_of(call, field)
        if target:
            yield Target(field.id, sums.get(field.id, 0), target)


# ------------------------------------------------------------------- what comes more than once
@dataclass(frozen=True, slots=True)
class Recurring:
    """An organisation in several proposals: its number, a name, and in how many; cents asked."""

    number: str
    name: str
    proposals: int
    asked: int
    files: tuple[str, ...]


def recurring(ledger: Ledger) -> Iterator[Recurring]:
    """The organisations in more than one proposal, by enterprise number: most proposals first."""
    sql = (
        "SELECT number, max(name), count(DISTINCT file), sum(organisations.asked) "
        "FROM organisations JOIN counted USING (file) "
        "WHERE number <> '' GROUP BY number "
        "HAVING count(DISTINCT call || ' ' || proposal) > 1 ORDER BY 3 DESC, number"
    )
    for number, name, proposals, asked in ledger.question(sql):
        files = ledger.question(
            "SELECT DISTINCT file FROM organisations JOIN counted USING (file) "
            "WHERE number = ? ORDER BY file LIMIT 50",
            number,
        )
        yield Recurring(number, name, proposals, asked, tuple(file for (file,) in files))


@dataclass(frozen=True, slots=True)
class Screening:
    """A partner that is to be screened for whether it can be supported; cents asked."""

    file: str
    name: str
    number: str
    asked: int


def screenings(ledger: Ledger) -> Iterator[Screening]:
    """The partners to be screened, by the name of the file."""
    sql = (
        "SELECT file, name, number, organisations.asked FROM organisations "
        "JOIN counted USING (file) WHERE screening ORDER BY file, place"
    )
    return (Screening(*found) for found in ledger.question(sql))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A proposal that was sent more than once.

    `newest` is the file that counts, `older` those that it replaces. `same_content`: they hold the
    same proposal. `strangers` are files with the same id that another key signed: they count as
    well, since whoever signs with another key cannot replace what somebody else sent.
    """

    newest: str
    older: tuple[str, ...]
    same_content: bool
    strangers: tuple[str, ...]


def repeated(ledger: Ledger) -> Iterator[Repeated]:
    """The proposals that came more than once, by id, each group with its newest file."""
    sql = (
        "SELECT call, proposal, fingerprint FROM bundles WHERE state IN ('good', 'blocked') "
        "AND (call, proposal) IN (SELECT call, proposal FROM bundles "
        "WHERE state IN ('good', 'blocked') GROUP BY call, proposal HAVING count(*) > 1) "
        "GROUP BY call, proposal, fingerprint ORDER BY call, proposal, fingerprint"
    )
    for call, proposal, fingerprint in ledger.question(sql):
        found = ledger.question(
            "SELECT file, replaced_by, digest, fingerprint FROM bundles WHERE call = ? "
            "AND proposal = ? AND state IN ('good', 'blocked') ORDER BY file LIMIT 100",
            call,
            proposal,
        )
        own: list[tuple[str, str, str]] = []
        strangers: list[str] = []
        for file, other, digest, key in found:
            if key == fingerprint:
                own.append((file, other, digest))
            else:
                strangers.append(file)
        newest = next((file for file, other, _ in own if not other), "")
        older = tuple(file for file, other, _ in own if other)
        same = len({digest for _, _, digest in own}) == 1
        yield Repeated(newest, older, same, tuple(strangers))


def faulty(ledger: Ledger) -> Iterator[Row]:
    """The bundles that are broken or cannot be read, by the name of the file."""
    sql = "SELECT row FROM bundles WHERE state IN ('broken', 'unreadable') ORDER BY file"
    return (from_text(text) for (text,) in ledger.question(sql))
