"""The faults of a call's folder in the words of whoever makes a call, in three languages.

The audits of `calls/` and `rules/` give lines in the words of the form's format. Each kind of line
has a pattern here, whose names are the figures of its sentence; a line of no known kind is given
as it is. A test reads the audits and sees that no kind is left out.
"""

from __future__ import annotations

import re

from sif_desktop.language import Words

_WHERE = r"(?P<what>field|rule|parameter|period) (?P<name>\S+)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("twice", r"(?P<name>.+) is (declared|used) twice"),
    ("asked_twice", r"(?P<at>\S+) is asked twice"),
    ("other_folder", r"its id is (?P<name>\S+), and its folder is named otherwise"),
    ("text_missing", r"(?P<file>\S+): (?P<text>\S+) is missing"),
    ("text_brace", r"(?P<file>\S+): (?P<text>\S+) has a brace that does not match"),
    ("text_placeholder", r"(?P<file>\S+): (?P<text>\S+) has a placeholder without a plain name"),
    ("text_others", r"(?P<file>\S+): (?P<text>\S+) has other placeholders than in Dutch"),
    ("no_moment", rf"{_WHERE}: (?P<value>.+) is no moment with its offset"),
    ("no_target", rf"{_WHERE}: (?P<value>\S+) is no number above zero"),
    ("other_kind", rf"{_WHERE}: (?P<value>.+) is no (?P<kind>\S+)"),
    ("out_of_bounds", rf"{_WHERE}: (?P<value>\S+) is (out of bounds|below zero)"),
    ("reversed", rf"{_WHERE} ends before it begins"),
    ("no_address", rf"{_WHERE}: a proposal has no (?P<value>\S+)"),
    ("not_kept", rf"{_WHERE}: a proposal does not keep a (?P<kind>\S+) at (?P<value>\S+)"),
    ("no_choices", rf"{_WHERE}: no choices (?P<value>\S+)"),
    ("choices_unwanted", rf"{_WHERE}: a (?P<kind>\S+) has no choices"),
    ("no_periods", rf"{_WHERE}: the call has no periods"),
    ("answer_place", rf"{_WHERE}: an answer is kept under the id of its field"),
    ("no_condition", rf"{_WHERE}: no choice at (?P<value>\S+) to depend on"),
    ("no_such_value", rf"{_WHERE}: depends on a value that (?P<value>\S+) does not have"),
    ("not_alone", rf"{_WHERE}: only a number that stands alone adds to a target"),
    ("no_parameter", rf"{_WHERE}: no parameter (?P<value>\S+)"),
    ("needs_parameter", rf"{_WHERE}: needs a parameter (?P<value>\S+) \((?P<kind>\S+)\)"),
    ("takes_none", rf"{_WHERE}: takes no (parameter|list) (?P<value>\S+)"),
    ("needs_list", rf"{_WHERE}: needs a list (?P<value>\S+)"),
    ("list_without", rf"{_WHERE}: (?P<kind>\S+) has no (?P<value>\S+)"),
    ("no_rule_but", rf"{_WHERE}: no such rule; (?P<value>\S+)\?"),
    ("no_rule", rf"{_WHERE}: no such rule"),
    ("asks_nothing", rf"{_WHERE}: the form asks for nothing at (?P<value>\S+)"),
    ("wish_no_error", rf"{_WHERE}: a wish of the call is never an error"),
)


def fault_said(fault: str, words: Words) -> str:
    """A fault in words, with the kind of place that it is about."""
    for key, pattern in _PATTERNS:
        found = re.fullmatch(pattern, fault)
        if found:
            figures = dict(found.groupdict())
            if figures.get("what"):
                figures["what"] = words.say(f"audit.places.{figures['what']}")
            return words.say(f"audit.{key}", **figures)
    return fault
