"""Judging one bundle: verified, checked anew by its call, and put in a row. Runs in a worker.

Nothing that a bundle holds makes this raise: whatever goes wrong is the reason of its row. What
costs time once (libraries, calls) is kept for the next bundle of the same process.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app.intake.row import Organisation, Reason, Row, State, to_text
from sif_desktop.app.sources import call_of, cannot_read, carried_call
from sif_desktop.app.verification import Examination, examine
from sif_desktop.calls.call import Call
from sif_desktop.calls.targets import target_fields
from sif_desktop.errors import CallError, SifError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules import formats
from sif_desktop.rules.audit import usable
from sif_desktop.rules.totals import Totals, totals

if TYPE_CHECKING:
    from sif_desktop.bundle.problems import Problem
    from sif_desktop.bundle.verdict import SignatureVerdict

_CHUNK = 1024 * 1024
_MOST_REASONS = 5
_MOST_PARTNERS = 500
_LONGEST = 300


def judge_all(
    folder: str, files: Sequence[str], trust: str | None, pinned: Sequence[str]
) -> list[tuple[str, str]]:
    """The rows of some bundles of a folder, as (file, row as JSON)."""
    given = Path(trust) if trust else None
    rows = (judge(Path(folder), file, given, pinned) for file in files)
    return [(row.file, to_text(row)) for row in rows]


def warm() -> None:
    """Makes a worker ready: loads what judging needs, so that no bundle pays for it."""
    import pyhanko.sign.validation.generic_cms  # noqa: F401

    import sif_desktop.bundle.verify  # noqa: F401


def judge(folder: Path, file: str, trust: Path | None, pinned: Sequence[str]) -> Row:
    """The row of one bundle."""
    path = folder / file
    try:
        size, sha256 = path.stat().st_size, digest_of(path)
    except OSError as error:
        return Row(file, reasons=(_error(cannot_read(path, error), file),))
    blank = Row(file, size, sha256)
    try:
        examination = examine(path, trust=trust, pinned=pinned, call_for=_call_for)
        return _row(blank, examination)
    except SifError as error:
        return _with(blank, "unreadable", (_error(error, file),))
    except Exception:  # a stranger's file: one that nobody foresaw is told, and stops no intake
        logging.getLogger(__name__).debug("judging %s", file, exc_info=True)
        return _with(blank, "unreadable", (Reason("intake.reasons.unforeseen", {}),))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


# ------------------------------------------------------------------------------------- calls
def _call_for(proposal: Proposal, carried: bytes | None, file: str) -> Call:
    """As `call_of`; a call is read once in a process."""
    known = _known(proposal.call)
    if known is not None:
        return known
    if carried is None:
        return call_of(proposal, None, file)  # which raises, and says why
    return _carried(carried, file)


@lru_cache(maxsize=64)
def _known(call_id: str) -> Call | None:
    from sif_desktop.calls.folder import find

    try:
        return usable(find(call_id))
    except CallError:
        return None


@lru_cache(maxsize=16)
def _carried(data: bytes, file: str) -> Call:
    return usable(carried_call(data, file))


# ------------------------------------------------------------------------------------- a row
def _row(blank: Row, examination: Examination) -> Row:
    """The row of a bundle that could be opened."""
    verdict = examination.verdict
    reasons = [_problem(problem) for problem in verdict.problems]
    for signature in verdict.signatures:
        reasons += [_problem(one) for one in signature.problems] if not signature.valid else []
    if not verdict.intact:
        return _with(_signed(blank, examination), "broken", tuple(reasons) or _CHANGED)
    if examination.proposal is None or examination.call is None or examination.findings is None:
        reason = Reason("intake.reasons.no_proposal", {})
        if examination.unread is not None:
            reason = _error(examination.unread, blank.file)
        return _with(_signed(blank, examination), "unreadable", (reason,))
    row = _filled(_signed(blank, examination), examination.proposal, examination)
    blocking = examination.findings.blocking
    if not blocking:
        return _with(row, "good", ())
    return _with(row, "blocked", (Reason("intake.reasons.blocked", {"count": str(len(blocking))}),))


_CHANGED = (Reason("verify.broken", {}),)


def _signed(row: Row, examination: Examination) -> Row:
    """A row with who signed, as far as a valid signature says it."""
    chosen = _of_coordinator([one for one in examination.verdict.signatures if one.valid])
    if chosen is None:
        return row
    claimed = chosen.claimed_time
    return _changed(
        row,
        signer=_short(chosen.name),
        signer_of=_short(chosen.organisation),
        identity=chosen.identity,
        fingerprint=chosen.fingerprint,
        claimed=claimed.astimezone(UTC).isoformat(timespec="seconds") if claimed else "",
    )


def _of_coordinator(signatures: list[SignatureVerdict]) -> SignatureVerdict | None:
    own = [one for one in signatures if one.role == "coordinator"]
    return next(iter(own or signatures), None)


def _filled(row: Row, proposal: Proposal, examination: Examination) -> Row:
    """A row with what the proposal says."""
    call, findings = examination.call, examination.findings
    assert call is not None and findings is not None  # noqa: S101 - asked just before
    sums = totals(proposal, call)
    project = proposal.project
    duration = project.duration if isinstance(project.duration, int) else None
    screened = {one.address for one in findings if one.code == "brussels_screening"}
    values = {spec.id: proposal.answers.get(spec.id, "") for spec in target_fields(call)}
    return _changed(
        row,
        call=call.id,
        edition=_short(proposal.edition),
        own_form=_known(call.id) is None,
        proposal=proposal.id,
        digest=canonical.digest(examination.verdict.proposal_json or b""),
        title=_short(project.title),
        acronym=_short(project.acronym),
        theme=_short(project.theme),
        priority=is_priority(call, project.theme),
        start=_short(project.start),
        duration=duration,
        asked=sums.whole.subsidy,
        own_means=sums.whole.own_means,
        foreign=sums.foreign,
        subcontracting=sums.subcontracting,
        errors=len(findings.of("error")),
        warnings=len(findings.of("warning")),
        organisations=tuple(_organisations(proposal, sums, screened)),
        numbers={name: value for name, value in values.items() if isinstance(value, int)},
    )


def _organisations(proposal: Proposal, sums: Totals, screened: set[str]) -> Sequence[Organisation]:
    found = []
    for partner in proposal.partners[:_MOST_PARTNERS]:
        number = partner.enterprise_number[:60]
        well_formed = partner.seat != "abroad" and number and not formats.enterprise_fault(number)
        amount = sums.by_partner.get(partner.id)
        found.append(
            Organisation(
                name=_short(partner.name or partner.short_name),
                number=formats.enterprise_digits(number) if well_formed else "",
                role=_short(partner.role),
                seat=_short(partner.seat),
                screening=f"partners/{partner.id}/seat" in screened,
                asked=amount.subsidy if amount else 0,
            )
        )
    return found


def is_priority(call: Call, theme: str) -> bool | None:
    """Whether a theme is one that money goes to first; None where the call has no such rule.

    The rule on the priority themes lists those that are none; a theme that is no choice is none.
    """
    for rule in call.rules:
        if rule.code == "priority_themes":
            field = call.field_at("project/theme")
            known = call.choices.get(field.choices or "", ()) if field else ()
            return theme in known and theme not in rule.values.get("themes", ())
    return None


# -------------------------------------------------------------------------------------- bits
def _problem(problem: Problem) -> Reason:
    return _reason(f"verify.{problem.code}", dict(problem.figures))


def _error(error: SifError, file: str) -> Reason:
    """An error as a reason; the file is told as it is called in the folder."""
    return _reason(f"errors.{error.key}", {**error.figures, "file": file})


def _reason(key: str, figures: dict[str, object]) -> Reason:
    """A reason whose figures are text."""
    return Reason(key, {name: _short(str(figure)) for name, figure in figures.items()})


def _with(row: Row, state: State, reasons: tuple[Reason, ...]) -> Row:
    return _changed(row, state=state, reasons=reasons[:_MOST_REASONS])


def _changed(row: Row, **changes: object) -> Row:
    change: Callable[..., Row] = replace
    return change(row, **changes)


def _short(text: str) -> str:
    """A text on one line, for a table."""
    return " ".join(text[:_LONGEST].split())
