"""What the dossier tells, as a tree, without any PDF."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from document_reading import described, told
from dossiers import big_proposal, empty_proposal, example_proposal, the_call

from sif_desktop import money
from sif_desktop.calls.call import Call, FieldSpec, Length, Section
from sif_desktop.document.content import (
    BulletList,
    CostChart,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    KeyFigure,
    Note,
    PlanChart,
    Signatory,
    Table,
)
from sif_desktop.language import LANGUAGES
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen
from sif_desktop.rules.totals import totals


def all_text(document: Document) -> str:
    return "\n".join(text for block in document.blocks for text in told(block))


def tables(document: Document, head: str) -> list[Table]:
    """The tables whose first column has this head."""
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [table for table in found if table.columns[0].head == head]


def key_figure(document: Document, label: str) -> KeyFigure:
    cover = document.blocks[0]
    assert isinstance(cover, Cover)
    return next(item for item in cover.figures.items if item.label == label)


def typed(part: Frozen) -> Iterator[str]:
    """All texts in a proposal that are no id and no choice."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Frozen):
            yield from typed(value)
        elif isinstance(value, dict):
            yield from (answer for answer in value.values() if isinstance(answer, str))
        elif isinstance(value, tuple) and value and isinstance(value[0], Frozen):
            for item in value:
                yield from typed(item)
        elif isinstance(value, str) and (" " in value or "@" in value):
            yield value


@pytest.mark.parametrize("proposal", [example_proposal(), big_proposal()], ids=["example", "big"])
def test_everything_that_was_typed_is_told(proposal: Proposal) -> None:
    whole = "".join(all_text(described(proposal, the_call())).split())
    for text in typed(proposal):
        for row in text.split("\n"):
            bare = row.strip().lstrip("-–•*").strip()
            bare = bare.partition(" ")[2] if bare[:1].isdigit() and bare[1:2] in ".)" else bare
            assert "".join(bare.split()) in whole, row


def test_the_order_is_that_of_the_form() -> None:
    headings = [
        b for b in described(example_proposal(), the_call()).blocks if isinstance(b, Heading)
    ]
    sections = [heading.text for heading in headings if heading.level == 1]
    known = the_call().words("nl")
    expected = [known.say(f"sections.{section.id}.title") for section in the_call().sections]
    assert sections == [*expected, "Wat de controle vond", "Ondertekening"]
    assert [h.number for h in headings if h.level == 1] == [
        str(number) for number in range(1, len(sections) + 1)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_tells_it_in_its_own_words(language: str) -> None:
    proposal = example_proposal().model_copy(update={"language": language})
    document = described(proposal, the_call(), draft=True)
    assert document.language == language
    text = all_text(document)
    assert "{" not in text
    others = {"nl": "Begroting", "en": "Total cost", "fr": "Coût total"}
    assert [key for key, word in others.items() if word in text and key != language] == []
    cover = document.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.state == {"nl": "ONTWERP", "en": "DRAFT", "fr": "BROUILLON"}[language]


def test_the_cover_tells_the_key_figures() -> None:
    document = described(example_proposal(), the_call())
    cover = document.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.title == example_proposal().project.title
    assert cover.coordinator[1] == "De Gedeelde Drempel vzw (voorbeeld)"
    assert cover.state == "DEFINITIEF"
    sums = totals(example_proposal(), the_call())
    asked = key_figure(document, "Gevraagde subsidie")
    assert asked.value == "€\u00a049.911,43"
    assert asked.note == "ten hoogste €\u00a050.000,00"
    foreign = key_figure(document, "Buitenlands aandeel")
    assert foreign.meter is not None
    assert foreign.meter.ceiling == 2000
    assert foreign.meter.share == round(sums.foreign * 10_000 / sums.whole.total)


def with_foreign_cost(extra: int) -> Proposal:
    """A proposal whose foreign share is exactly the ceiling, and `extra` cents more."""
    proposal = example_proposal()
    lines = [
        line.model_copy(update={"subsidy": 0, "own_means": 0, "category": "staff"})
        for line in proposal.budget
    ]
    abroad = next(p.id for p in proposal.partners if p.seat == "abroad")
    home = next(p.id for p in proposal.partners if p.role == "coordinator")
    lines[0] = lines[0].model_copy(update={"partner": abroad, "subsidy": 1_000_000 + extra})
    lines[1] = lines[1].model_copy(update={"partner": home, "subsidy": 4_000_000})
    return proposal.model_copy(update={"budget": tuple(lines)})


@pytest.mark.parametrize(
    ("extra", "shown", "tone"), [(0, "20\u00a0%", "neutral"), (1, "20,01\u00a0%", "bad")]
)
def test_a_cent_over_the_ceiling_never_reads_as_the_ceiling(
    extra: int, shown: str, tone: str
) -> None:
    foreign = key_figure(described(with_foreign_cost(extra), the_call()), "Buitenlands aandeel")
    assert (foreign.value, foreign.tone) == (shown, tone)


def cents(shown: str) -> int:
    found = money.parse(shown)
    assert found is not None
    return found


def test_the_tables_of_the_budget_add_up_to_the_cent() -> None:
    document = described(big_proposal(), the_call())
    sums = totals(big_proposal(), the_call())
    lines = tables(document, "Omschrijving")
    assert len(lines) == 50
    for table in lines:
        *rows, total = table.rows
        for column in (4, 5, 6):
            assert sum(cents(row.cells[column]) for row in rows) == cents(total.cells[column])
    assert sum(cents(table.rows[-1].cells[6]) for table in lines) == sums.whole.total
    for head in ("Partner", "Kostensoort", "Werkpakket", "Periode"):
        table = next(t for t in tables(document, head) if t.columns[-1].head == "Aandeel")
        *rows, total = table.rows
        assert [cents(cell) for cell in total.cells[1:4]] == [
            sums.whole.subsidy,
            sums.whole.own_means,
            sums.whole.total,
        ]
        assert sum(cents(row.cells[3]) for row in rows) == sums.whole.total


def test_an_amount_that_is_no_number_is_shown_and_told() -> None:
    line = example_proposal().budget[0].model_copy(update={"subsidy": "twaalf euro"})
    proposal = example_proposal()
    proposal = proposal.model_copy(update={"budget": (line, *proposal.budget[1:])})
    text = all_text(described(proposal, the_call()))
    assert "twaalf euro" in text
    assert "Bedragen die geen getal zijn: 1" in text


def test_a_partner_from_brussels_is_to_be_screened() -> None:
    blocks = described(example_proposal(), the_call()).blocks
    notes = [b for b in blocks if isinstance(b, Note) and b.title == "Screening door EWI"]
    assert len(notes) == sum(p.seat == "brussels" for p in example_proposal().partners) == 1


def test_the_compulsory_outcomes_are_marked() -> None:
    document = described(example_proposal(), the_call())
    assert all_text(document).count("◆ Verplicht resultaat: ") == 2
    charts = [b for b in document.blocks if isinstance(b, Figure) and isinstance(b.data, PlanChart)]
    marked = [
        milestone.month
        for chart in charts
        if isinstance(chart.data, PlanChart)
        for bar in chart.data.bars
        for milestone in bar.milestones
        if milestone.marked
    ]
    assert marked == [11, 12]
    empty = described(empty_proposal(), the_call())
    assert "◆" not in all_text(empty)


def test_figures_and_tables_tell_in_words_what_they_show() -> None:
    for block in described(big_proposal(), the_call()).blocks:
        if isinstance(block, Figure):
            labels = [bar.label for bar in block.data.bars]
            assert all(label in block.alt for label in labels)
            most = 22 if isinstance(block.data, PlanChart) else 30
            assert len(labels) <= most
            assert isinstance(block.data, PlanChart | CostChart)
        if isinstance(block, Table):
            assert len(block.alt) > 10
            assert all(column.head for column in block.columns)
            assert all(len(row.cells) == len(block.columns) for row in block.rows)


def test_every_applicant_signs_and_no_subcontractor() -> None:
    blocks = described(example_proposal(), the_call()).blocks
    signing = [block for block in blocks if isinstance(block, Signatory)]
    applicants = [p for p in example_proposal().partners if p.role != "subcontractor"]
    assert [s.organisation for s in signing] == [p.name for p in applicants]
    assert [s.name for s in signing] == [p.signatory_name for p in applicants]
    assert all(s.line_labels == ("Plaats, datum", "Handtekening") for s in signing)


def test_the_findings_that_remain_are_told_with_their_place() -> None:
    document = described(empty_proposal(), the_call())
    found = tables(document, "Plaats")
    assert [block.text for block in document.blocks if isinstance(block, Heading)].count(
        f"Fouten ({len(found[0].rows)})"
    ) == 1
    assert ("Het project › Titel van het project", "Dit is nog leeg. Vul het in.") in [
        row.cells for row in found[0].rows
    ]
    cover = document.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.bottom_line.tone == "bad"


def other_form() -> Call:
    """A form without a work plan and a budget, and with fields that only it has."""
    call = the_call()
    long = Length(characters=2000, origin="ours")
    own = Section(
        id="reach",
        fields=(
            FieldSpec(id="reached", at="answers/reached", kind="number", needed="error"),
            FieldSpec(id="story", at="answers/story", kind="paragraph", longest=long),
            FieldSpec(id="left_out", at="answers/left_out", kind="paragraph", needed="warning"),
        ),
    )
    kept = [section for section in call.sections if section.view in ("fields", "partners")]
    texts = {
        language: {
            **call.texts[language],
            "sections.reach.title": "Bereik",
            "fields.reached.label": "Aantal bereikte mensen",
            "fields.story.label": "Het verhaal",
            "fields.left_out.label": "Wat ontbreekt",
        }
        for language in LANGUAGES
    }
    rules = tuple(rule for rule in call.rules if rule.code == "foreign_share")
    return call.model_copy(
        update={"id": "other", "sections": (*kept, own), "texts": texts, "rules": rules}
    )


def test_a_form_leaves_out_what_it_does_not_ask_and_tells_what_only_it_asks() -> None:
    answers = {**example_proposal().answers, "reached": 5000, "story": "Een verhaal.\n\n- een"}
    proposal = example_proposal().model_copy(update={"answers": answers})
    document = described(proposal, other_form())
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert "Het werkplan" not in headings
    assert "De begroting" not in headings
    place = headings.index("Bereik")
    assert headings[place + 1 : place + 3] == ["Het verhaal", "Wat ontbreekt"]
    assert ("Aantal bereikte mensen", "5.000") in [
        row for block in document.blocks if isinstance(block, Facts) for row in block.rows
    ]
    assert BulletList(("een",)) in document.blocks
    assert "Niet ingevuld" in all_text(document)
    labels = [item.label for item in document.blocks[0].figures.items]  # type: ignore[union-attr]
    assert "Onderaanneming" not in labels
    assert "Buitenlands aandeel" in labels
    assert "Werkpakketten" not in labels


def test_what_the_form_no_longer_asks_is_told_when_it_was_filled_in() -> None:
    proposal = example_proposal()
    assert proposal.project.theme != "open"
    answers = {**proposal.answers, "community": "Zeven mantelzorgers vroegen dit."}
    text = all_text(described(proposal.model_copy(update={"answers": answers}), the_call()))
    assert "Zeven mantelzorgers vroegen dit." in text
