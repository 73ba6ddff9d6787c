"""Numbers, dates and countries in the three languages, and sentences with their figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop import language, paths
from sif_desktop.language import LANGUAGES, Language, Words


def texts_of(key: str, sentence: str, in_language: Language = "nl") -> Words:
    return Words(in_language, {key: sentence})


def test_money_in_each_language() -> None:
    assert language.money(125_000, "nl") == "1.250,00"
    assert language.money(125_000, "en") == "1,250.00"
    assert language.money(125_000, "fr") == "1\u202f250,00"
    assert language.money(-5, "nl") == "-0,05"
    assert language.money(0, "en") == "0.00"
    assert language.money(99_999, "nl") == "999,99"


def test_the_largest_amount_is_shown_to_the_cent() -> None:
    assert language.money(2**53 - 1, "nl") == "90.071.992.547.409,91"
    assert language.money(-(2**53) + 1, "en") == "-90,071,992,547,409.91"


def test_percentages_have_at_most_two_decimals() -> None:
    assert language.percent(2_000, "nl") == "20\u00a0%"
    assert language.percent(2_001, "nl") == "20,01\u00a0%"
    assert language.percent(1_250, "en") == "12.5\u00a0%"
    assert language.percent(3_333, "fr") == "33,33\u00a0%"


def test_days_and_moments_in_words() -> None:
    assert language.day("2013-04-01", "nl") == "1 april 2013"
    assert language.day(date(2013, 4, 1), "en") == "1 April 2013"
    assert language.day("2013-04-01", "fr") == "1 avril 2013"
    assert language.day("volgend jaar", "nl") == "volgend jaar"
    assert language.day("2013-02-30", "nl") == "2013-02-30"
    closing = datetime(2013, 4, 1, 16, 0, tzinfo=timezone(timedelta(hours=2)))
    assert language.moment(closing, "nl") == "1 april 2013, 16:00"
    assert language.moment(closing.astimezone(UTC), "fr") == "1 avril 2013, 14:00"


def test_countries_by_their_two_letters_and_nothing_else() -> None:
    assert language.country("NL", "nl") == "Nederland"
    assert language.country("de", "en") == "Germany"
    assert language.country("BE", "fr") == "Belgique"
    for other in ("", "zz", "ZZ", "001", "Nederland", "ß", "ﬁ", "1 ", "QQ"):
        assert language.country(other, "nl") == other


def test_each_kind_of_figure_is_shown_in_the_language() -> None:
    words = texts_of("k", "{a:money} {b:percent} {c:date} {d} {e:plain} {f}")
    figures = {"a": 125_000, "b": 2_000, "c": "2013-04-01", "d": 1_250, "e": 2013}
    said = words.say("k", **figures, f=("x", "y"))
    assert said == "1.250,00 20\u00a0% 1 april 2013 1.250 2013 x, y"


def test_a_figure_of_another_kind_is_shown_as_it_is() -> None:
    words = texts_of("k", "{a:money} {b:date} {c:moment} {d:unknown} {e:money}")
    assert words.say("k", a="veel", b=5, c="nu", d=1, e=True) == "veel 5 nu 1 True"


def test_a_missing_figure_shows_its_name_and_a_missing_sentence_is_a_fault() -> None:
    assert texts_of("k", "{file} ontbreekt").say("k") == "{file} ontbreekt"
    with pytest.raises(KeyError):
        texts_of("k", "x").say("other")


def test_a_call_speaks_before_the_program() -> None:
    base = Words("nl", {"a": "programma", "b": "programma"})
    assert base.over({"a": "oproep"}).say("a") == "oproep"
    assert base.over({"a": "oproep"}).say("b") == "programma"
    assert base.say("a") == "programma"
    assert base.find("c") is None


@pytest.mark.parametrize(
    "sentence", ["{a.__class__}", "{a.real}", "{a[0]}", "{a!r}", "{a!x}", "{}", "{0}", "{a:{a}}"]
)
def test_a_sentence_of_a_stranger_cannot_look_into_the_program(sentence: str) -> None:
    said = texts_of("k", sentence).say("k", a=7)
    assert "class" not in said.replace("__class__", "") and "'" not in said
    assert said in ("7", sentence, sentence.replace("{}", "{0}"))


def test_a_figure_stays_on_its_line_and_steers_no_terminal() -> None:
    hostile = "a\r\nb\x1b[2J\u202ec\u2028d\x00e\ud800"
    said = texts_of("k", "{file}.").say("k", file=hostile)
    assert said.splitlines() == [said]
    assert said.isprintable()
    said.encode("utf-8")


@given(st.text(), st.text())
@settings(max_examples=100, derandomize=True, deadline=None)
def test_any_figure_can_be_said_and_printed(name: str, other: str) -> None:
    said = texts_of("k", "‘{a}’ {b:date} {c:money}").say("k", a=name, b=other, c=other)
    assert len(said.splitlines()) == 1
    said.encode("utf-8")


def test_placeholders_with_their_kinds() -> None:
    assert language.placeholders("{a:money} van {b}") == {("a", "money"), ("b", "")}
    assert language.placeholders("zonder") == set()
    with pytest.raises(ValueError, match="Single"):
        language.placeholders("half }")


def test_flatten_takes_only_texts() -> None:
    assert dict(language.flatten({"a": {"b": "x"}, "c": "y"})) == {"a.b": "x", "c": "y"}
    with pytest.raises(TypeError, match=r"a\.b"):
        dict(language.flatten({"a": {"b": 1}}))


def keys_of_files(in_language: Language) -> Iterator[str]:
    """All keys of a language, a file after the other: also those that come twice."""
    import tomllib

    for file in sorted((paths.resources() / "texts" / in_language).glob("*.toml")):
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
        yield from (key for key, _ in language.flatten(tree))


@pytest.mark.parametrize("in_language", LANGUAGES)
def test_no_sentence_of_the_program_is_given_twice(in_language: Language) -> None:
    keys = list(keys_of_files(in_language))
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("in_language", ["en", "fr"])
def test_all_sentences_of_the_program_are_there_in_each_language(in_language: Language) -> None:
    assert sorted(keys_of_files(in_language)) == sorted(keys_of_files("nl"))


@pytest.mark.parametrize("in_language", LANGUAGES)
def test_sentences_have_the_placeholders_of_the_dutch_ones(in_language: Language) -> None:
    words, dutch = language.words(in_language), language.words("nl")
    for key in keys_of_files(in_language):
        mine, theirs = words.find(key), dutch.find(key)
        assert mine and theirs and mine == mine.strip(), key
        assert language.placeholders(mine) == language.placeholders(theirs), key
        for name, kind in language.placeholders(mine):
            assert name.isidentifier() and kind in language.FIGURE_KINDS, key


def test_a_french_sign_never_stands_alone_on_a_line() -> None:
    assert language.tied("Quoi ? « Ceci » : non ; oui !", "fr").split(" ") == [
        "Quoi\u00a0?",
        "«\u00a0Ceci\u00a0»\u00a0:",
        "non\u00a0;",
        "oui\u00a0!",
    ]
    assert language.tied("Wat : dit", "nl") == "Wat : dit"
    for key in keys_of_files("fr"):
        sentence = language.words("fr").find(key) or ""
        for sign in (" :", " ;", " ?", " !", " »", "« "):
            assert sign not in sentence, f"{key}: {sentence}"
