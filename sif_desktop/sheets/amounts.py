"""Amounts between whole cents and the cells of a spreadsheet, which hold binary fractions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sif_desktop import money

_DIGITS = 15
"""Significant digits that a spreadsheet keeps; what comes behind them is the noise of its sums."""


def to_cell(value: int | str) -> Decimal | str:
    """An amount in cents as a number of euro; the text where it is none, or too large for one."""
    if isinstance(value, str):
        return value
    if abs(value) > money.LARGEST:
        return f"{Decimal(value).scaleb(-2):.2f}"
    return Decimal(value).scaleb(-2)


def to_cents(number: str) -> int | None:
    """The whole cents of a number as it stands in the file; None where it has more decimals.

    The number that the binary fraction stands for is meant: 0.30000000000000004 is 30 cents, and
    333.333333333333 is no whole number of cents. Raises OverflowError beyond `money.LARGEST`.
    """
    try:
        value = Decimal(format(Decimal(repr(float(number))), f".{_DIGITS}g"))
    except (InvalidOperation, ValueError) as error:
        raise OverflowError from error
    if not value.is_finite() or abs(value) > money.LARGEST // 100:
        raise OverflowError
    cents = value.scaleb(2)
    return int(cents) if cents == cents.to_integral_value() else None


def plain(number: str) -> str:
    """A number as a person reads it in a cell without a format of its own."""
    try:
        value = Decimal(format(Decimal(repr(float(number))), f".{_DIGITS}g"))
    except (InvalidOperation, ValueError):
        return number
    return f"{value.normalize():f}" if value.is_finite() else number
