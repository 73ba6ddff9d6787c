"""proposal.json: one byte form for one tree, and reading it as a stranger's file."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sif_desktop.errors import NewerError, NotOursError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.model.proposal import FORMAT, Proposal
from sif_desktop.model.values import LONGEST_TEXT

SOME = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
GOOD: dict[str, Any] = {"format": 1, "call": "oproep-sociale-innovatie", "id": "x"}


def refused(data: bytes, kind: type[NotOursError | NewerError] = NotOursError) -> str:
    """The key of the error, after its sentence was said in each language."""
    with pytest.raises(kind) as caught:
        canonical.from_bytes(data, "vreemd.json")
    error = caught.value
    for language in LANGUAGES:
        said = words(language).say(f"errors.{error.key}", **error.figures)
        assert "vreemd.json" in said
        assert len(said) < 600 and len(said.splitlines()) == 1
        said.encode("utf-8")
    return error.key


def tree(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


@SOME
@given(strategies.proposals())
def test_a_proposal_written_and_read_is_the_same_and_has_the_same_bytes(proposal: Proposal) -> None:
    data = canonical.to_json(proposal)
    read = canonical.from_bytes(data, "x")
    assert read == proposal
    assert canonical.to_json(read) == data
    assert canonical.from_tree(json.loads(data), "x") == proposal


def test_the_bytes_do_not_depend_on_the_order_of_the_answers() -> None:
    one = Proposal(id="x", call="c", answers={"b": "1", "a": "2"})
    two = Proposal(id="x", call="c", answers={"a": "2", "b": "1"})
    assert canonical.to_json(one) == canonical.to_json(two)
    assert canonical.digest(canonical.to_json(one)) == canonical.digest(canonical.to_json(two))
    assert canonical.to_json(one).index(b'"a"') < canonical.to_json(one).index(b'"b"')


def test_the_bytes_are_canonical_json() -> None:
    data = canonical.to_json(Proposal(id="x", call="c", answers={"a": "é\n\u2028"}))
    assert b'"a":"\xc3\xa9\\n\xe2\x80\xa8"' in data
    assert data.startswith(b'{"actors":[],"answers":')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"{",
        b'{"format":1,"call":"x"',
        b'{"format":1,"call":"x"}}',
        b"\xff\xfe{\x00}\x00",
        b'{"format":1,"call":"\xff"}',
        b'{"format":1,"call":"x","project":{"title":"\\ud800"}}',
        b'{"format":1,"call":"x","\\ud800":1}',
        b'{"format":NaN,"call":"x"}',
        b'{"format":1,"call":"x","budget":[{"subsidy":NaN}]}',
        b'{"format":1,"call":"x","budget":[{"subsidy":Infinity}]}',
        b'{"format":1,"call":"x","budget":[{"subsidy":-Infinity}]}',
        b'{"format":1,"call":"x","budget":[{"subsidy":1' + b"0" * 5000 + b"}]}",
        b"[" * 100_000,
        b'{"a":' * 30_000,
        b'{"format":1,"call":"x","answers":{"a":' + b"[" * 5000 + b"]" * 5000 + b"}}",
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    assert refused(data) == "json_unreadable"


@pytest.mark.parametrize(
    "data", [b"[]", b"null", b"1", b'"x"', b"{}", b'{"format":1}', b'{"call":"x"}']
)
def test_json_that_is_no_proposal_is_refused(data: bytes) -> None:
    assert refused(data) == "json_not_a_proposal"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 0},
        {"format": -1},
        {"format": "1"},
        {"format": True},
        {"format": 1.0},
        {"format": 2.5},
        {"format": None},
        {"format": [1]},
        {"call": ""},
        {"call": "Not An Id"},
        {"call": "x" * 41},
        {"call": 5},
        {"id": "x\n"},
        {"language": "de"},
        {"unknown": 1},
        {"unknown\u001b[31m\r\n": 1},
        {"u" * 5000: 1},
        {"project": []},
        {"project": None},
        {"project": {"title": 5}},
        {"project": {"title": None}},
        {"project": {"title": ["x"]}},
        {"project": {"unknown": ""}},
        {"project": {"exclusions": "none"}},
        {"project": {"exclusions": [1]}},
        {"project": {"duration": 1.5}},
        {"project": {"duration": True}},
        {"project": {"duration": 2**53}},
        {"partners": {}},
        {"partners": [5]},
        {"partners": [{"id": "A"}]},
        {"partners": [{"id": "p"}, {"id": "p"}]},
        {"partners": [{"id": "p", "capacity_means": []}]},
        {"work_packages": [{"activities": [{"id": "a"}, {"id": "a"}]}]},
        {"budget": [{"subsidy": -(2**53)}]},
        {"answers": []},
        {"answers": {"Not An Id": "x"}},
        {"answers": {"a": {}}},
        {"answers": {"a": None}},
        {"answers": {"a": 1.5}},
        {"answers": {"a": [["x"]]}},
        {"answers": {"a": [1]}},
        {"project": {"title": "x" * (LONGEST_TEXT + 1)}},
    ],
)
def test_wrong_types_and_unknown_keys_are_refused_with_their_place(changes: dict[str, Any]) -> None:
    assert refused(tree(**changes)) == "json_wrong_value"


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":1,"call":"x","call":"y"}',
        b'{"format":1,"call":"x","project":{"title":"a","title":"b"}}',
        b'{"format":1,"call":"x","project":{"title":"a","\\u0074itle":"b"}}',
        b'{"format":1,"call":"x","partners":[{"id":"p","name":"a","name":"a"}]}',
        b'{"format":2,"format":1,"call":"x"}',
    ],
)
def test_a_member_given_twice_is_refused(data: bytes) -> None:
    assert refused(data) == "json_twice"


def test_ten_megabytes_in_one_text_are_refused() -> None:
    assert refused(tree(project={"title": "x" * (10 * 1024**2)})) == "json_wrong_value"


def test_five_megabytes_that_somebody_pasted_are_kept() -> None:
    text = "é" * (5 * 1024**2 // 2)
    read = canonical.from_bytes(tree(project={"summary": text}), "x")
    assert read.project.summary == text


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert refused(bytes(canonical.LARGEST_JSON + 1)) == "json_too_large"


def test_a_newer_format_is_told_apart_from_a_broken_one() -> None:
    assert refused(tree(format=FORMAT + 1, something_new={}), NewerError) == "newer"
    assert refused(tree(format=10**15), NewerError) == "newer"


def test_what_the_draft_may_hold_is_taken_as_it_is() -> None:
    read = canonical.from_bytes(
        tree(project={"duration": "twaalf", "start": "ooit"}, answers={"a": "", "b": [], "c": 5}),
        "x",
    )
    assert read.project.duration == "twaalf"
    assert read.answers == {"c": 5}, "an empty answer is one not given"


def test_a_tree_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    with pytest.raises(NotOursError):
        canonical.from_tree({**GOOD, "project": deep}, "x")
    with pytest.raises(NotOursError):
        canonical.from_tree({**GOOD, "answers": {"a": deep}}, "x")
    while deep:  # else its end is reached by recursion when it is thrown away
        deep = deep["a"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@SOME
@given(st.sampled_from(sorted(Proposal.model_fields)), json_values)
def test_any_json_at_any_place_is_read_or_refused(name: str, value: Any) -> None:
    try:
        read = canonical.from_bytes(tree(**{name: value}), "x")
    except (NotOursError, NewerError):
        return
    assert canonical.from_bytes(canonical.to_json(read), "x") == read


@SOME
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotOursError):
        canonical.from_bytes(data, "x")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (tree(partners=[{}] * 50_000), "json_too_many_parts"),
        (tree(answers={"a": [1] * 700_000}), "json_too_many_parts"),
        (tree(answers={f"a{number}": 1 for number in range(20_000)}), "json_too_many_parts"),
        (tree(**{f"a{number}": 1 for number in range(9_000)}), "json_wrong_value"),
        (tree(partners=[1] * 590_000), "json_wrong_value"),
        (tree(answers={"a": [1] * 590_000}), "json_wrong_value"),
        (tree(partners=[{"x": 1}] * 39_000), "json_wrong_value"),
    ],
)
def test_a_few_bytes_do_not_become_a_tree_of_any_size(data: bytes, key: str) -> None:
    canonical.from_bytes(tree(), "x")
    tracemalloc.start()
    try:
        assert refused(data) == key
        assert tracemalloc.get_traced_memory()[1] < 150 * 2**20
    finally:
        tracemalloc.stop()


def test_telling_how_many_parts_there_are_takes_no_longer_than_reading() -> None:
    """A text of quotes that never ends was once tried from each of its quotes."""
    data = b"{" * 50_000 + b'"' + b'\\"' * 2_000_000
    assert not canonical.has_few_parts(data)
    assert canonical.has_few_parts(b'"' + b'{\\",' * 700_000 + b"\\")
