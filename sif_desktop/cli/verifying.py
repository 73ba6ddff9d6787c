"""The command that verifies a bundle, and its three answers in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sif_desktop.app.answers import answers, not_checked
from sif_desktop.app.verification import Examination, examine
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen, one_line
from sif_desktop.language import Words
from sif_desktop.rules.finding import SEVERITIES

if TYPE_CHECKING:
    from sif_desktop.bundle.problems import Problem
    from sif_desktop.bundle.verdict import SignatureVerdict


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def verify(
        bundle: Path = given.bundle,
        as_json: bool = given.json,
        trust: Path | None = given.trust,
        pinned: list[str] = given.pinned,
        sheet: Path | None = given.out_verification,
    ) -> int:
        with screen.at_work("commands.working"):
            examination = examine(bundle, trust=trust, pinned=pinned)
        if as_json:
            screen.raw(json.dumps(as_data(examination, screen.words), ensure_ascii=False))
        else:
            for line in report(examination, screen.words):
                screen.line(line)
        if sheet is not None:
            from sif_desktop.app.verification_sheet import write_sheet

            write_sheet(examination, screen.words, bundle, sheet)
        return 0 if examination.good else 1

    return {"verify": verify}


def report(examination: Examination, words: Words) -> Iterator[str]:
    """The three answers in words, and what was not looked at."""
    for answer in answers(examination, words):
        yield answer.question
        for part in answer.parts:
            yield f"  {part.said}"
            if part.about:
                yield f"    {part.about}"
            if part.fingerprint:
                yield "    " + words.say("commands.fingerprint", fingerprint=part.fingerprint)
            yield from (f"    - {problem}" for problem in part.problems)
    yield from (f"  {line}" for line in not_checked(examination, words))


def as_data(examination: Examination, words: Words) -> dict[str, object]:
    """The three answers for another program."""
    verdict, findings = examination.verdict, examination.findings
    return {
        "intact": verdict.intact,
        "signed": bool(verdict.signatures),
        "problems": _problem_data(verdict.problems),
        "members": [
            {
                "name": member.name,
                "size": member.size,
                "sha256": member.sha256,
                "covered": member.covered,
                "ok": member.ok,
            }
            for member in verdict.members
        ],
        "signatures": [_signature_data(signature) for signature in verdict.signatures],
        "not_checked": list(verdict.not_checked),
        "rules": None
        if findings is None
        else {severity: len(findings.of(severity)) for severity in SEVERITIES},
        "unread": one_line(examination.unread, words) if examination.unread else None,
    }


def _signature_data(signature: SignatureVerdict) -> dict[str, object]:
    return {
        "file": signature.file,
        "valid": signature.valid,
        "name": signature.name,
        "organisation": signature.organisation,
        "fingerprint": signature.fingerprint,
        "identity": signature.identity,
        "by_authority": signature.by_authority,
        "claimed_time": signature.claimed_time.isoformat() if signature.claimed_time else None,
        "role": signature.role,
        "problems": _problem_data(signature.problems),
    }


def _problem_data(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [
        {"code": problem.code, **{key: str(value) for key, value in problem.figures.items()}}
        for problem in problems
    ]
