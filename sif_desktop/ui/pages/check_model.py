"""The findings as rows of a list: how grave, then the section, then what was found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.calls.call import Severity
from sif_desktop.rules.finding import SEVERITIES, Finding
from sif_desktop.rules.words import SEPARATOR, places
from sif_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["severity", "section", "finding"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a heading with its count, or a finding with where it is and what it says."""

    kind: Kind
    severity: Severity
    text: str
    said: str = ""
    count: int = 0
    section: str = ""
    finding: Finding | None = None


class FindingsModel(QAbstractListModel):
    """All findings of the desk of the severities that are shown, grouped; made anew as a whole.

    The row is under `LINE`. Headings cannot be chosen; what a screen reader says of a finding
    therefore holds its headings too.
    """

    LINE = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.shown: frozenset[Severity] = frozenset(SEVERITIES)
        self.lines: list[Line] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Headings and findings together."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A finding can be chosen, a heading cannot."""
        if not index.isValid() or self.lines[index.row()].kind != "finding":
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Where it is; all of it for a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == self.LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(line)
        return None

    def refresh(self) -> None:
        """Takes the findings of the desk as they are now."""
        self.beginResetModel()
        self.lines = list(self._lines())
        self.endResetModel()

    def row_of(self, finding: Finding | None) -> int:
        """The row of a finding, or of another one at the same address; else the first, or -1."""
        first = -1
        near = -1
        for row, line in enumerate(self.lines):
            if line.finding is None:
                continue
            if first < 0:
                first = row
            if finding and line.finding.address == finding.address:
                if line.finding.code == finding.code:
                    return row
                near = row if near < 0 else near
        return near if near >= 0 else first

    def _lines(self) -> Iterator[Line]:
        desk, say = self._desk, self._desk.speech.say
        place_of = places(desk.proposal, desk.call, desk.speech.words)
        titles = {step.id: say(step.title) for step in desk.steps}
        for severity in SEVERITIES:
            found = desk.findings.of(severity) if severity in self.shown else ()
            if not found:
                continue
            yield Line("severity", severity, say(f"window.check.many.{severity}"), count=len(found))
            by_step: dict[str, list[Finding]] = {step_id: [] for step_id in titles}
            for finding in found:
                by_step[desk.progress.step_of(finding.address)].append(finding)
            for step_id, inner in by_step.items():
                if not inner:
                    continue
                title = titles[step_id]
                yield Line("section", severity, title, count=len(inner))
                for finding in inner:
                    yield Line(
                        "finding",
                        severity,
                        place_of(finding.address).removeprefix(f"{title}{SEPARATOR}"),
                        desk.sentence(finding),
                        section=title,
                        finding=finding,
                    )

    def _aloud(self, line: Line) -> str:
        if line.finding is None:
            return f"{line.text} ({line.count})"
        word = self._desk.speech.say(f"severities.{line.severity}")
        return f"{word}, {line.section}: {line.text}. {line.said}"
