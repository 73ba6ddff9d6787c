"""The countries of the world by their names, sorted as the language sorts them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCollator, QLocale

from sif_desktop.language import Language, country

_CODES = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG
CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH
GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ
LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG
NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM
SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS
XK YE ZA ZM ZW
"""

CODES = tuple(_CODES.split())
"""ISO 3166, two letters."""


@cache
def names(language: Language) -> list[tuple[str, str]]:
    """Each country's code and name."""
    collator = QCollator(QLocale(language))
    pairs = [(code, country(code, language)) for code in CODES]
    return sorted(pairs, key=lambda pair: collator.sortKey(pair[1]))
