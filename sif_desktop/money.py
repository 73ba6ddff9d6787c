"""Euro amounts as whole cents, shares without division, and dividing without losing a cent."""

from __future__ import annotations

import re
from collections.abc import Sequence

LARGEST = 10**13
"""The largest amount in cents that is taken as a number (100 billion euro); more stays as text."""

_AMOUNT = re.compile(r"[+-]?\d[\d.,]*")
_SPACES = re.compile("[\\s\u00a0\u202f\u2009']")


def parse(typed: str) -> int | None:
    """The whole cents that `typed` stands for, or None where it is no amount.

    Takes what people write: a euro sign or "EUR", spaces, dots and commas. The last separator
    counts as the decimal sign when one or two digits follow it; when three follow, it separates
    thousands (an amount in euro never has three decimals).
    """
    text = _SPACES.sub("", typed).replace("€", "").replace("−", "-")
    text = re.sub(r"(?i)eur(o)?$|^eur(o)?", "", text)
    if not _AMOUNT.fullmatch(text) or not text.isascii():
        return None
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.lstrip("+"))
    whole, decimals = _split_decimals(digits)
    if whole is None or len(whole) > 14:
        return None
    cents = sign * (int(whole) * 100 + int(decimals.ljust(2, "0")))
    return cents if abs(cents) <= LARGEST else None


def _split_decimals(digits: str) -> tuple[str | None, str]:
    """The digits before and after the decimal sign; None where the groups make no sense."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits, "0"
    after = digits[last + 1 :]
    if len(after) in (1, 2):
        head = digits[:last]
        if digits[last] in head:
            return None, ""
        return _ungroup(head), after
    if not after:
        return _ungroup(digits[:last]), "0"
    return _ungroup(digits), "0"


def _ungroup(digits: str) -> str | None:
    """Digits without their separators of thousands, or None where the groups are not of three."""
    if digits.isdigit():
        return digits
    used = {sign for sign in digits if not sign.isdigit()}
    groups = re.split(r"[.,]", digits)
    well_grouped = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return "".join(groups) if len(used) == 1 and well_grouped else None


def within_share(part: int, total: int, basis_points: int) -> bool:
    """Whether `part` is at most `basis_points` / 10,000 of `total`, exact at the boundary."""
    return part * 10_000 <= basis_points * total


def mend_share(part: int, total: int, basis_points: int) -> tuple[int, int]:
    """What brings a share back to its ceiling: (cents off the part, or cents on the others).

    Each mend works alone, leaving the other side as it is, and is the smallest whole number of
    cents that does. Both are 0 where the share holds already.
    """
    others = total - part
    rest = 10_000 - basis_points
    if part * rest <= others * basis_points:
        return 0, 0
    allowed = max(others, 0) * basis_points // rest if rest else part
    raised = -(-part * rest // basis_points) if basis_points else 0
    return part - allowed, max(raised - others, 0)


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """`total` divided over `weights` by largest remainder: the parts always add up to it.

    Equal remainders are served in order. Without any weight above zero the parts are all zero,
    unless there is something to divide: then the first part takes it.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole <= 0:
        return [total] + [0] * (len(weights) - 1)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
