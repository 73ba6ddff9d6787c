"""The family of the call itself: which call and edition a proposal is for, and when it closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sif_desktop.rules import formats
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.kinds import shown
from sif_desktop.rules.rule import Use, rule


@rule("call_other", "error")
def call_other(call: str, use: Use) -> Iterator[Finding]:
    """A proposal is checked by the call that it was made for."""
    if call != use.call.id:
        yield use.found("call", made_for=shown(call), checked_by=use.call.id)


@rule("edition_other", "warning")
def edition_other(edition: str, use: Use) -> Iterator[Finding]:
    """A proposal made for another edition of the call is checked by the figures of this one."""
    if edition not in ("", use.call.edition):
        yield use.found("edition", made_for=shown(edition), checked_by=use.call.edition)


@rule("closing_past", "advice", parameters={"closing": "moment"})
def closing_past(now: datetime | None, use: Use) -> Iterator[Finding]:
    """The call is closed: told plainly, and it blocks nothing. Silent without a present moment."""
    closing = formats.moment(use.texts["closing"])
    if now is None or closing is None:
        return
    present = now if now.tzinfo else now.replace(tzinfo=UTC)
    if present > closing:
        day, time = closing.date().isoformat(), closing.strftime("%H:%M")
        yield use.found("edition", day=day, time=time)
