"""A call.json that came along with a bundle is a stranger's file."""

from __future__ import annotations

import tracemalloc

import pytest

from sif_desktop.app.sources import carried_call
from sif_desktop.calls.folder import find
from sif_desktop.errors import NotOursError


@pytest.mark.parametrize(
    "data",
    [
        b"{" + b",".join(b'"a%d":1' % number for number in range(600_000)) + b"}",
        b'{"id":"x","sections":[' + b"{}," * 600_000 + b"{}]}",
        b'{"id":"x","sections":' + b"[" * 100_000,
        b"",
    ],
)
def test_a_stranger_s_form_does_not_fill_the_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NotOursError) as caught:
            carried_call(data, "a.asice")
        assert caught.value.key == "json_not_a_call"
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


def test_a_form_of_ours_is_far_below_the_limits() -> None:
    call = find("oproep-sociale-innovatie")
    data = call.model_dump_json().encode()
    assert carried_call(data, "a.asice") == call
    assert data.count(b"{") * 20 < 20_000
    assert data.count(b",") * 20 < 100_000
