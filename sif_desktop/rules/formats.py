"""The forms of values with rules of their own: days, countries, numbers of organisations, IBAN.

Each of these proves the form of a value only: not that an organisation or account exists.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
"""
COUNTRIES = frozenset(_COUNTRIES.split())
"""The two letters of every country (ISO 3166-1), and of Kosovo as they are used in practice."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATORS = re.compile(r"[\s./\-\u00a0\u202f]+")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")
_HOST = r"(?:[^\W_][\w-]{0,62}\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})"
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@" + _HOST, re.I)
_WEBSITE = re.compile(r"(?:https?://)?" + _HOST + r"(?::\d{1,5})?(?:[/?#]\S*)?", re.I)


def day(typed: str) -> date | None:
    """The day that a text in the form of ISO 8601 (2013-04-01) names, or None."""
    try:
        return date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        return None


def moment(typed: object) -> datetime | None:
    """The moment that a text in the form of ISO 8601 with its offset names, or None."""
    try:
        found = datetime.fromisoformat(typed) if isinstance(typed, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else None


def enterprise_digits(typed: str) -> str:
    """A Belgian enterprise number without what people write around it: "BE", dots, spaces."""
    return _SEPARATORS.sub("", typed[:60]).upper().removeprefix("BE")


@lru_cache(maxsize=4096)
def enterprise_fault(typed: str) -> str:
    """The code of what is wrong with an enterprise number, or "".

    Ten digits, the first 0 or 1, the last two 97 minus the first eight modulo 97. A first digit
    from 2 to 8 is that of an establishment, which is another thing with a number of its own.
    """
    digits = enterprise_digits(typed)
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()):
        return "enterprise_number_length"
    if digits[0] in "2345678":
        return "establishment_number"
    right = digits[0] in "01" and int(digits[8:]) == 97 - int(digits[:8]) % 97
    return "" if right else "enterprise_number_wrong"


@lru_cache(maxsize=4096)
def is_iban(typed: str) -> bool:
    """Whether a text has the form of an IBAN: its country's length and its check digits."""
    compact = _SEPARATORS.sub("", typed[:80]).upper()
    if not _IBAN.fullmatch(compact):
        return False
    from stdnum import iban

    # Not its check of the country: that knows Belgian banks from a list, which ages.
    return bool(iban.is_valid(compact, check_country=False))


@lru_cache(maxsize=4096)
def is_email(typed: str) -> bool:
    """Whether a text looks like one mail address: something, one @, a host with a dot."""
    return len(typed) <= 254 and bool(_EMAIL.fullmatch(typed.strip()))


@lru_cache(maxsize=4096)
def is_website(typed: str) -> bool:
    """Whether a text is an address on the web, with or without http:// or https://."""
    return len(typed) <= 2000 and bool(_WEBSITE.fullmatch(typed.strip()))
