"""The three answers about a file and what was not looked at, a card for each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.answers import Answer, Part, not_checked
from sif_desktop.app.looking import Seen, three_answers, told_findings
from sif_desktop.bundle.verdict import SignatureVerdict
from sif_desktop.ui.bundles.members import MembersTable
from sif_desktop.ui.bundles.parts import plain, with_icon
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.speech import Speech

FEW, MOST = 5, 200
"""Findings that are shown at first, and at a wish; the check page of a draft shows all."""

_ICON = 22


class Answers(QWidget):
    """The cards. They are told anew where the language or the colours are others."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._seen: Seen | None = None
        self._most = FEW
        self.table = MembersTable(speech, look)
        self.all = QPushButton()
        role(self.all, "link")
        self.all.clicked.connect(lambda _=False: self._show_all())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(2))
        self.cards = [_Card() for _ in range(4)]
        for card in self.cards:
            layout.addWidget(card)
        self.cards[0].foot.addWidget(self.table)
        self.cards[2].foot.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)

    def show_seen(self, seen: Seen) -> None:
        """Shows what was seen in a file."""
        self._seen, self._most = seen, FEW
        self.table.show_seen(seen)
        self.refresh()

    def refresh(self) -> None:
        """Says everything in the language and the colours of the interface."""
        seen = self._seen
        if seen is None:
            return
        intact, signed, rules = three_answers(seen, self._speech.words)
        self._fill(self.cards[0], intact, map(self._part, intact.parts))
        self.table.retranslate()
        self.table.setVisible(seen.kind == "bundle" and self.table.members.rowCount() > 0)
        signatures = seen.examination.verdict.signatures
        parts: Iterable[QWidget] = map(self._part, signed.parts)
        if signatures:
            parts = map(self._signer, signed.parts, signatures)
        self._fill(self.cards[1], signed, parts)
        self._fill(self.cards[2], rules, [*map(self._part, rules.parts), *self._findings(seen)])
        unseen = not_checked(seen.examination, self._speech.words)
        card = self.cards[3]
        card.clear()
        card.setVisible(bool(unseen))
        head = plain(self._speech.say("window.bundle.not_checked"), "title")
        told = [plain(sentence) for sentence in unseen]
        card.body.addLayout(with_icon(self._look, "advice", _ICON, head, *told))

    def _fill(self, card: _Card, answer: Answer, parts: Iterable[QWidget]) -> None:
        card.clear()
        question = plain(answer.question, "title")
        card.body.addLayout(with_icon(self._look, answer.tone, _ICON, question, *parts))

    def _part(self, part: Part) -> QWidget:
        texts = [plain(part.said)]
        texts += [plain(part.about, "muted")] if part.about else []
        texts += [plain(problem, "error") for problem in part.problems]
        return _column(texts)

    def _signer(self, part: Part, verdict: SignatureVerdict) -> QWidget:
        """A signature: who, in what role and when; who vouches for it; its fingerprint."""
        tone = "good" if verdict.identity in ("trusted", "known") else "warning"
        if verdict.problems:
            tone = "warning"
        if not verdict.valid:
            tone = "error"
        texts = [plain(part.said, "label"), plain(part.about)]
        texts += [plain(one, "warning" if verdict.valid else "error") for one in part.problems]
        if part.fingerprint:
            texts.append(plain(self._speech.say("window.identity.fingerprint"), "small"))
            texts.append(plain(part.fingerprint, "figures", selectable=True))
        holder = QWidget()
        row = with_icon(self._look, tone, _ICON - 4, *texts)
        row.setContentsMargins(0, gap(1), 0, gap(0.5))
        holder.setLayout(row)
        return holder

    def _findings(self, seen: Seen) -> list[QWidget]:
        findings = seen.examination.findings
        count = len(findings) if findings else 0
        shown = told_findings(seen, self._speech.language, self._most)
        left = min(count, MOST) - len(shown)
        self.all.setText(self._speech.say("window.bundle.all_findings", count=min(count, MOST)))
        self.all.setVisible(left > 0)
        rows: list[QWidget] = []
        for told in shown:
            holder = QWidget()
            texts = (plain(told.where, "label"), plain(told.said))
            row = with_icon(self._look, told.severity, _ICON - 4, *texts)
            row.setContentsMargins(0, gap(0.5), 0, 0)
            holder.setLayout(row)
            rows.append(holder)
        return rows

    def _show_all(self) -> None:
        self._most = MOST
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class _Card(QFrame):
    """A card whose body is made anew, above a foot that stays."""

    def __init__(self) -> None:
        super().__init__()
        role(self, "card")
        self.body, self.foot = QVBoxLayout(), QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2), gap(3), gap(2.5))
        layout.setSpacing(gap(1.5))
        layout.addLayout(self.body)
        layout.addLayout(self.foot)

    def clear(self) -> None:
        clear(self.body)


def _column(texts: Iterable[QLabel]) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap(0.5))
    for text in texts:
        layout.addWidget(text)
    return holder
