"""The three answers about a bundle in words, for the screen of a window or a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sif_desktop.app.verification import Examination
from sif_desktop.errors import SifError
from sif_desktop.language import Words, moment
from sif_desktop.rules.finding import SEVERITIES

if TYPE_CHECKING:
    from sif_desktop.bundle.problems import Problem
    from sif_desktop.bundle.verdict import SignatureVerdict

Tone = Literal["good", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an answer and what belongs to it.

    `about` says who a signer is, `fingerprint` is that of the certificate in groups of digits, and
    `problems` tell what speaks against it. Each is empty where there is nothing to tell.
    """

    said: str
    about: str = ""
    fingerprint: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three questions with its answer. `tone` is the answer without its words."""

    question: str
    tone: Tone
    parts: tuple[Part, ...]


def answers(examination: Examination, words: Words) -> tuple[Answer, Answer, Answer]:
    """Is it intact; who signed; does it hold under the rules of the call."""
    return _intact(examination, words), _signed(examination, words), _rules(examination, words)


def not_checked(examination: Examination, words: Words) -> tuple[str, ...]:
    """What could not be looked at without a network, a sentence each."""
    codes = examination.verdict.not_checked
    return tuple(words.say(f"verify.not_checked.{code}") for code in codes)


def _intact(examination: Examination, words: Words) -> Answer:
    verdict = examination.verdict
    said = words.say("verify.intact" if verdict.intact else "verify.broken")
    part = Part(said, problems=_problems(verdict.problems, words))
    return Answer(
        words.say("commands.answer_intact"), "good" if verdict.intact else "error", (part,)
    )


def _signed(examination: Examination, words: Words) -> Answer:
    signatures = examination.verdict.signatures
    tone: Tone = "good"
    if not all(signature.identity in ("trusted", "known") for signature in signatures):
        tone = "warning"
    if not signatures or not all(signature.valid for signature in signatures):
        tone = "error"
    parts = tuple(_signer(signature, words) for signature in signatures)
    return Answer(
        words.say("commands.answer_signed"), tone, parts or (Part(words.say("verify.unsigned")),)
    )


def _signer(signature: SignatureVerdict, words: Words) -> Part:
    """Who signed, for whom, and when by the signer's own word."""
    from sif_desktop.bundle.identity import fingerprint_groups

    who = ", ".join(part for part in (signature.name, signature.organisation) if part)
    key = "signed_by" if signature.valid else "not_signed_by"
    when = signature.claimed_time
    shown = moment(when.astimezone(), words.language) if when else "?"
    about = words.say(f"verify.identity.{signature.identity}", authority=signature.by_authority)
    groups = fingerprint_groups(signature.fingerprint) if signature.fingerprint else ""
    return Part(
        words.say(f"commands.{key}", who=who or "?", role=_role(signature.role, words), when=shown),
        about,
        groups,
        _problems(signature.problems, words),
    )


def _rules(examination: Examination, words: Words) -> Answer:
    tone, said = _rules_said(examination, words)
    return Answer(words.say("commands.answer_rules"), tone, (Part(said),))


def _rules_said(examination: Examination, words: Words) -> tuple[Tone, str]:
    findings = examination.findings
    if examination.unread is not None:
        return "error", _error(examination.unread, words)
    if findings is None:
        return "error", words.say("commands.rules_without_proposal")
    counts = {severity: len(findings.of(severity)) for severity in SEVERITIES}
    key = "rules_blocked" if findings.blocking else "rules_hold"
    return "error" if findings.blocking else "good", words.say(f"commands.{key}", **counts)


def _error(error: SifError, words: Words) -> str:
    key = f"errors.{error.key}"
    return words.say(key, **error.figures) if words.find(key) else error.key


def _role(role: str, words: Words) -> str:
    """The role that a signer claims: ours in the reader's language, another as it stands."""
    kind, _, name = role.partition(": ")
    if role == "coordinator":
        return words.say("commands.role_coordinator")
    return words.say("commands.role_partner", name=name) if kind == "partner" else role or "?"


def _problems(problems: Iterable[Problem], words: Words) -> tuple[str, ...]:
    return tuple(words.say(f"verify.{problem.code}", **problem.figures) for problem in problems)
