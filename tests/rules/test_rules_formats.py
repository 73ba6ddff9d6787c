"""The forms of values: what people write and what is only nearly right."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.rules import formats

often = settings(max_examples=300, derandomize=True, deadline=None, database=None)


def number(eight: int) -> str:
    """The enterprise number with these first eight digits."""
    return f"{eight:08d}{97 - eight % 97:02d}"


@pytest.mark.parametrize(
    "typed",
    [
        "0403.019.261",
        "0403019261",
        " BE 0403.019.261 ",
        "be0403019261",
        "0403/019/261",
        "0403\u00a0019\u00a0261",
        number(10_000_000),
        number(97 * 4),  # the remainder is 0, so the check digits are 97
    ],
)
def test_enterprise_numbers_as_people_write_them(typed: str) -> None:
    assert formats.enterprise_fault(typed) == ""


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("0403.019.262", "enterprise_number_wrong"),
        ("9" + number(0)[1:], "enterprise_number_wrong"),
        (f"{97 * 4:08d}00", "enterprise_number_wrong"),
        ("2.123.456.789", "establishment_number"),
        ("8000000000", "establishment_number"),
        ("403019261", "enterprise_number_length"),
        ("04030192611", "enterprise_number_length"),
        ("O403.019.261", "enterprise_number_length"),
        ("٠٤٠٣٠١٩٢٦١", "enterprise_number_length"),
        ("0403.019.26²", "enterprise_number_length"),
        ("BE", "enterprise_number_length"),
        ("0403019261" * 100_000, "enterprise_number_length"),
    ],
)
def test_enterprise_numbers_that_are_none(typed: str, fault: str) -> None:
    assert formats.enterprise_fault(typed[:2000]) == fault


@often
@given(st.integers(0, 19_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_digit_wrong_is_noticed(eight: int, place: int, off: int) -> None:
    right = number(eight)
    assert formats.enterprise_fault(right) == ""
    digit = (int(right[place]) + off) % 10
    wrong = f"{right[:place]}{digit}{right[place + 1 :]}"
    assert formats.enterprise_fault(wrong) != ""


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("BE68 5390 0754 7034", True),
        ("be68539007547034", True),
        ("BE68-5390-0754-7034", True),
        ("NL91 ABNA 0417 1643 00", True),
        ("BE68 5390 0754 7035", False),
        ("BE68 5390 0754 703", False),
        ("BE68 5390 0754 7034 0", False),
        ("XX68 5390 0754 7034", False),
        ("539-0075470-34", False),
        ("", False),
        ("ß" * 20, False),
    ],
)
def test_iban(typed: str, right: bool) -> None:
    assert formats.is_iban(typed) is right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("an.peeters@voorbeeld.be", True),
        ("an+project@sub.voorbeeld.brussels", True),
        (" an@voorbeeld.be ", True),
        ("ån@bücher.example", True),
        ("an@xn--bcher-kva.xn--p1ai", True),
        ("an@voorbeeld", False),
        ("an@@voorbeeld.be", False),
        ("an@voorbeeld.be, jo@voorbeeld.be", False),
        ("An <an@voorbeeld.be>", False),
        ("an@voorbeeld..be", False),
        ("@voorbeeld.be", False),
        ("an@voorbeeld.be\nBcc: x@y.be", False),
    ],
)
def test_email(typed: str, right: bool) -> None:
    assert formats.is_email(typed) is right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("www.voorbeeld.be", True),
        ("https://voorbeeld.be/over-ons?taal=nl#team", True),
        ("HTTP://Voorbeeld.BE:8080", True),
        ("https://voorbeeld.brussels", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("ftp://voorbeeld.be", False),
        ("http://", False),
        ("voorbeeld", False),
        ("www.voorbeeld.be en meer", False),
    ],
)
def test_website(typed: str, right: bool) -> None:
    assert formats.is_website(typed) is right


@pytest.mark.parametrize("check", [formats.is_email, formats.is_website])
@pytest.mark.parametrize("piece", ["a.", "a-", "a@", "-.", "a.b-"])
def test_a_crafted_text_takes_no_longer_than_its_length(check: object, piece: str) -> None:
    """Ten times the text takes at most some forty times as long: no runaway in the expression."""
    assert callable(check)

    def taken(count: int) -> float:
        text = piece * count + "!"
        times = []
        for extra in range(5):
            start = time.perf_counter()
            check(text + "!" * extra)
            times.append(time.perf_counter() - start)
        return min(times)

    assert taken(900) < 40 * max(taken(90), 1e-4)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("2013-04-01", True),
        ("2012-02-29", True),
        ("2013-02-29", False),
        ("20130401", False),
        ("2013-W01-1", False),
        ("01/04/2013", False),
        ("٢٠١٣-٠٤-٠١", False),
        ("2013-04-01 ", False),
        ("0000-00-00", False),
    ],
)
def test_day(typed: str, right: bool) -> None:
    assert (formats.day(typed) is not None) is right


def test_a_moment_has_its_offset() -> None:
    assert formats.moment("2013-04-01T16:00:00+02:00") is not None
    for value in ("2013-04-01T16:00:00", "1 april", 5, None):
        assert formats.moment(value) is None
