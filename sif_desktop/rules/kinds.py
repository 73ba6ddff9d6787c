"""What a value of each kind of field must be, one by one and for a whole column of a list.

`judge` says what is wrong with one value that is not empty; `clean` says quickly whether nothing
is wrong with any value of a column. `known` are the identities that a value may name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sif_desktop import money
from sif_desktop.calls.call import Call, FieldSpec, Severity
from sif_desktop.rules import formats
from sif_desktop.rules.finding import Figure

Fault = tuple[str, dict[str, Figure]]
Judge = Callable[[Any, frozenset[str]], Fault | None]
Clean = Callable[[Sequence[Any], frozenset[str]], bool]

SEVERITIES: dict[str, Severity] = {"too_long_advised": "advice", "website_wrong": "warning"}
"""How grave a fault of a value is, where it is no error."""

CODES = (
    "needed",
    "needed_choice",
    "criterion_empty",
    "answer_unasked",
    "wrong_value",
    "too_long",
    "too_long_advised",
    "not_an_amount",
    "negative_amount",
    "amount_too_large",
    "not_a_number",
    "negative_number",
    "month_too_small",
    "not_a_date",
    "not_a_country",
    "unknown_choice",
    "unknown_partner",
    "unknown_work_package",
    "unknown_period",
    "enterprise_number_length",
    "enterprise_number_wrong",
    "establishment_number",
    "iban_wrong",
    "email_wrong",
    "website_wrong",
)
"""The codes of the findings that follow from the declaration of a field."""

_LONGEST_FORM = 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of a field are judged. `known` is a set, or the fact that gives it."""

    judge: Judge
    clean: Clean
    known: str | frozenset[str] = frozenset()
    chosen: bool = False


def kind_of(spec: FieldSpec, call: Call) -> Kind | None:
    """How the values of a field are judged; None where there is nothing to judge."""
    if spec.kind in ("text", "paragraph"):
        return _text(spec)
    if spec.kind in ("choice", "choices"):
        listed = frozenset(call.choices.get(spec.choices or "", ()))
        return _choice(listed) if spec.kind == "choice" else _choices(listed)
    if spec.kind == "period":
        periods = frozenset(period.id for period in call.periods)
        return Kind(_one_of("unknown_period"), _all_of, periods, chosen=True)
    return _PLAIN.get(spec.kind)


def shown(typed: object) -> str:
    """What was typed, short enough for a sentence and on one line."""
    text = str(typed)[:200]
    if len(text) <= 60 and text.isprintable() and text == text.strip() and "  " not in text:
        return text
    text = " ".join(text.split())
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(spec: FieldSpec) -> Kind:
    """A text, with its longest length if it has one. Only the call's own limit is an error."""
    limit = spec.longest.characters if spec.longest else None
    ours = spec.longest is not None and spec.longest.origin == "ours"
    code = "too_long_advised" if ours else "too_long"

    def judge(value: Any, known: frozenset[str]) -> Fault | None:
        if not isinstance(value, str):
            return _wrong(value)
        if limit is None or len(value) <= limit:
            return None
        return code, {"length": len(value), "longest": limit, "excess": len(value) - limit}

    def clean(column: Sequence[Any], known: frozenset[str]) -> bool:
        return limit is None or max(map(len, column)) <= limit

    return Kind(judge, clean)


def _wrong(value: object) -> Fault:
    return "wrong_value", {"typed": shown(value)}


def _one_of(code: str) -> Judge:
    def judge(value: Any, known: frozenset[str]) -> Fault | None:
        if not isinstance(value, str):
            return _wrong(value)
        return None if value in known else (code, {"typed": shown(value)})

    return judge


def _any_of(code: str) -> Judge:
    def judge(value: Any, known: frozenset[str]) -> Fault | None:
        if not isinstance(value, tuple):
            return _wrong(value)
        strange = [choice for choice in value if choice not in known]
        return (code, {"typed": shown(", ".join(strange[:3]))}) if strange else None

    return judge


def _all_of(column: Sequence[Any], known: frozenset[str]) -> bool:
    strange = set(column) - known
    return not strange or strange == {""}


def _all_any_of(column: Sequence[Any], known: frozenset[str]) -> bool:
    return known.issuperset(*column) if column else True


def _number(lowest: int, code: str, unread: str, largest: int | None = None) -> Kind:
    """A whole number from `lowest`; a text is one that could not be read."""

    def judge(value: Any, known: frozenset[str]) -> Fault | None:
        if isinstance(value, str):
            return unread, {"typed": shown(value)}
        if not isinstance(value, int):
            return _wrong(value)
        if value < lowest:
            return code, {"number": value}
        return ("amount_too_large", {"most": largest}) if largest and value > largest else None

    def clean(column: Sequence[Any], known: frozenset[str]) -> bool:
        numbers = [value for value in column if value != ""]
        if not numbers:
            return True
        # A text among them makes the comparison fail: then each is looked at.
        return min(numbers) >= lowest and not (largest and max(numbers) > largest)

    return Kind(judge, clean)


def _formed(fault: Callable[[str], str]) -> Kind:
    """A text with a form of its own; `fault` gives the code of what is wrong with it, or ""."""

    def judge(value: Any, known: frozenset[str]) -> Fault | None:
        if not isinstance(value, str):
            return _wrong(value)
        code = fault(value[:_LONGEST_FORM])
        return (code, {"typed": shown(value)}) if code else None

    def clean(column: Sequence[Any], known: frozenset[str]) -> bool:
        return not any(value and fault(value[:_LONGEST_FORM]) for value in set(column))

    return Kind(judge, clean)


def _right(check: Callable[[str], object], code: str) -> Callable[[str], str]:
    return lambda value: "" if check(value) else code


def _choice(listed: frozenset[str]) -> Kind:
    return Kind(_one_of("unknown_choice"), _all_of, listed, chosen=True)


def _choices(listed: frozenset[str]) -> Kind:
    return Kind(_any_of("unknown_choice"), _all_any_of, listed, chosen=True)


_PLAIN = {
    "partner": Kind(_one_of("unknown_partner"), _all_of, "partner_ids", chosen=True),
    "partners": Kind(_any_of("unknown_partner"), _all_any_of, "partner_ids", chosen=True),
    "work_package": Kind(_one_of("unknown_work_package"), _all_of, "work_package_ids", chosen=True),
    "money": _number(0, "negative_amount", "not_an_amount", money.LARGEST),
    "number": _number(0, "negative_number", "not_a_number"),
    "month": _number(1, "month_too_small", "not_a_number"),
    "date": _formed(_right(formats.day, "not_a_date")),
    "country": _formed(_right(lambda code: code.upper() in formats.COUNTRIES, "not_a_country")),
    "enterprise_number": _formed(formats.enterprise_fault),
    "iban": _formed(_right(formats.is_iban, "iban_wrong")),
    "email": _formed(_right(formats.is_email, "email_wrong")),
    "website": _formed(_right(formats.is_website, "website_wrong")),
}
