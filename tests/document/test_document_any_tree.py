"""Whatever a proposal holds, its dossier is made, and stays within its page."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from document_reading import described
from dossiers import the_call
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import proposals, scrambled

from sif_desktop.document import style
from sif_desktop.document.content import Document, Heading
from sif_desktop.document.fonts import face
from sif_desktop.document.pages import compose
from sif_desktop.document.pdf import write
from sif_desktop.document.setting import set_blocks
from sif_desktop.document.strips import Text
from sif_desktop.model import canonical


def assert_within(document: Document) -> None:
    """Every text stands within the page's text, and no strip reaches into the foot."""
    for page in compose(set_blocks(document), style.HEIGHT):
        end = 0.0
        for top, strip in page.placed:
            assert top >= end - 0.01
            end = top + strip.height
            assert end <= style.HEIGHT + 0.02
            for mark in strip.marks:
                if isinstance(mark, Text):
                    width = face(mark.style).width(mark.text, mark.size)
                    assert mark.x >= -0.01, mark
                    assert mark.x + width <= style.WIDTH + 0.2, mark


@settings(max_examples=25, deadline=None)
@given(proposals())
def test_any_tree_becomes_a_pdf(proposal: canonical.Proposal) -> None:
    document = described(proposal, the_call(), draft=True)
    assert_within(document)
    out = BytesIO()
    write(document, out, proposal_json=canonical.to_json(proposal))
    with pikepdf.open(BytesIO(out.getvalue())) as pdf:
        assert pdf.attachments["proposal.json"].get_file().read_bytes() == canonical.to_json(
            proposal
        )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_scrambled_trees_stay_within_the_page(seed: int) -> None:
    document = described(scrambled(seed), the_call())
    assert_within(document)
    level = 0
    anchors = set()
    for block in document.blocks:
        if isinstance(block, Heading):
            assert block.level <= level + 1, "no level is left out"
            level = block.level
            assert block.anchor not in anchors
            anchors.add(block.anchor)
