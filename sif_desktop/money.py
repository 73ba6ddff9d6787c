"""Euro amounts as whole cents, shares without division, and dividing without losing a cent."""

from __future__ import annotations

import re
from collections.abc import Sequence

LARGEST = 10**13
"""The largest amount in cents that is taken as a number (100 billion euro); more stays as text."""

_LONGEST = 60
_SPACES = re.compile("[\\s\u00a0\u202f\u2009'’]+")
_CURRENCY = re.compile(r"(?:€|eur(?:os?)?) ?(.*)|(.*?) ?(?:€|eur(?:os?)?)", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,] ?[-–—]{1,2}$")
_AMOUNT = re.compile(r"([+-]?) ?([0-9][0-9., ]*)")


def parse(typed: str) -> int | None:
    """The whole cents that `typed` stands for, or None where it is no amount.

    Takes what people write: a euro sign or "EUR" before or behind, "1250,-", and thousands apart
    by dots, commas, spaces or apostrophes. The last dot or comma counts as the decimal sign when
    one or two digits follow it; when three follow, it separates thousands (an amount in euro
    never has three decimals). What could be read in two ways is no amount: it is asked again.
    """
    if len(typed) > _LONGEST:
        return None
    text = _SPACES.sub(" ", typed.replace("−", "-")).strip()
    text = _NO_CENTS.sub("", _without_currency(text)).strip()
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    whole, decimals = _split_decimals(found[2].rstrip())
    if whole is None or len(whole) > 14:
        return None
    cents = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if cents > LARGEST:
        return None
    return -cents if found[1] == "-" else cents


def _without_currency(text: str) -> str:
    """The text without its one sign of currency, in front ("- € 12" too) or at the end."""
    sign, bare = (text[0], text[1:].lstrip()) if text[:1] in ("-", "+") else ("", text)
    found = _CURRENCY.fullmatch(bare)
    return sign + (found[1] if found[1] is not None else found[2]) if found else text


def _split_decimals(digits: str) -> tuple[str | None, str]:
    """The digits before and after the decimal sign; None where the groups make no sense."""
    last = max(digits.rfind("."), digits.rfind(","))
    after = digits[last + 1 :]
    if last < 0 or len(after) > 2:
        return _ungroup(digits), "0"
    # "1.2.3" and "1.250.00": one sign cannot both group and part the decimals.
    return (None, "") if digits[last] in digits[:last] else (_ungroup(digits[:last]), after or "0")


def _ungroup(digits: str) -> str | None:
    """Digits without their separators of thousands, or None where the groups are not of three."""
    if digits.isdigit():
        return digits
    used = {sign for sign in digits if not sign.isdigit()}
    groups = re.split(r"[., ]", digits)
    first = groups[0]
    well_grouped = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups[1:])
    # "0,125" is no group of thousands, but three decimals: no amount in euro.
    return "".join(groups) if len(used) == 1 and well_grouped and first[0] != "0" else None


def within_share(part: int, total: int, basis_points: int) -> bool:
    """Whether `part` is at most `basis_points` / 10,000 of `total`, exact at the boundary."""
    return part * 10_000 <= basis_points * total


def mend_share(part: int, total: int, basis_points: int) -> tuple[int, int]:
    """What brings a share back to its ceiling: (cents off the part, or cents on the others).

    Each mend works alone, leaving the other side as it is, and is the smallest whole number of
    cents that does. Both are 0 where the share holds already; under a ceiling of 0 no amount on
    the others helps, and the second is 0 too.
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
