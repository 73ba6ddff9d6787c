"""The menus of the window: acts with their names, keys and icons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from sif_desktop.app.act_words import act_words
from sif_desktop.app.settings import SCHEMES
from sif_desktop.language import LANGUAGES
from sif_desktop.ui.registry import APART, SIDE

if TYPE_CHECKING:
    from sif_desktop.ui.main_window import MainWindow

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English", "fr": "Français"}
_KEYS = QKeySequence.StandardKey
_MORE_KEYS = {"redo": (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))}
"""Systems have one of the two, and people come from all of them."""


class Menus:
    """The menu bar of the main window. `acts` holds the actions by their names."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.acts: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._groups: list[QActionGroup] = []
        self._told: object = None
        bar = window.menuBar()
        for name in ("draft", "edit", "view", "more"):
            self._menus[name] = bar.addMenu("")
        self._add("draft", "new", window.new_draft, _KEYS.New)
        self._add("draft", "open", window.ask_open, _KEYS.Open)
        self._add("draft", "example", window.open_example)
        self._menus["draft"].addSeparator()
        self._add("draft", "copy", window.save_elsewhere)
        self._add("draft", "close", window.close_draft, _KEYS.Close)
        self._add("draft", "quit", window.close, _KEYS.Quit)
        self._add("edit", "undo", window.undo, _KEYS.Undo)
        self._add("edit", "redo", window.redo, _KEYS.Redo)
        for key in SIDE:
            self._add("more", f"side:{key}", partial(window.show_side, key))
        self._menus["more"].addSeparator()
        for key in APART:
            self._add("more", f"apart:{key}", partial(window.show_apart, key))
        self._choice("view", "language", LANGUAGES, window.use_language)
        self._choice("edit", "dossier_language", LANGUAGES, self._use_dossier_language)
        self._choice("view", "scheme", SCHEMES, window.use_scheme)

    def retranslate(self) -> None:
        """Says all names anew."""
        say = self._window.speech.say
        for name, menu in self._menus.items():
            menu.setTitle(say(f"window.menu.{name}"))
        for name, act in self.acts.items():
            kind, _, value = name.partition(":")
            if kind in ("language", "dossier_language"):
                act.setText(LANGUAGE_NAMES[value])
            elif kind in ("side", "apart"):
                act.setText(say(f"window.{'apart.' if kind == 'apart' else ''}{value}.title"))
            else:
                act.setText(say(f"window.menu.{name.replace(':', '_')}"))
        self.update()

    def update(self) -> None:
        """Names what undo and redo would do, and enables what can be done now."""
        window = self._window
        desk = window.desk
        session = desk.session if desk else None
        told = (
            session and (id(session), session.undo_next, session.redo_next, session.read_only),
            session and session.proposal.language,
            window.speech.words,
            window.look.scheme,
        )
        if told == self._told:
            return
        self._told = told
        for name in ("undo", "redo"):
            done = getattr(session, f"{name}_next") if session else None
            text = window.speech.say(f"window.menu.{name}")
            if done:
                text = window.speech.say(f"window.menu.{name}_this", act=act_named(window, *done))
            self.acts[name].setText(text)
            self.acts[name].setEnabled(done is not None)
        for name in ("copy", "close", *(f"side:{key}" for key in SIDE)):
            self.acts[name].setEnabled(session is not None)
        self._menus["dossier_language"].setEnabled(session is not None and not session.read_only)
        self._check("language", window.speech.language)
        self._check("scheme", window.look.scheme)
        if session:
            self._check("dossier_language", session.proposal.language)

    def _add(
        self,
        menu: str,
        name: str,
        act: Callable[[], object],
        keys: QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = QAction(self._window)
        action.triggered.connect(lambda _=False: act())
        if keys is not None:
            known = QKeySequence.keyBindings(keys)
            more = [one for one in _MORE_KEYS.get(name, ()) if one not in known]
            action.setShortcuts([*known, *more])
        self._menus[menu].addAction(action)
        self.acts[name] = action
        return action

    def _choice(
        self, menu: str, name: str, values: tuple[str, ...], act: Callable[[Any], object]
    ) -> None:
        """A menu in which one of a few values is chosen."""
        inner = self._menus[menu].addMenu("")
        self._menus[name] = inner
        group = QActionGroup(self._window)
        self._groups.append(group)
        for value in values:
            action = QAction(self._window, checkable=True)
            action.triggered.connect(lambda _=False, chosen=value: act(chosen))
            group.addAction(action)
            inner.addAction(action)
            self.acts[f"{name}:{value}"] = action

    def _check(self, name: str, value: str) -> None:
        self.acts[f"{name}:{value}"].setChecked(True)

    def _use_dossier_language(self, language: str) -> None:
        from sif_desktop.model.edit import Set

        desk = self._window.desk
        if desk and desk.proposal.language != language:
            subject = LANGUAGE_NAMES[language]
            desk.do(Set(at="language", value=language), label="language", subject=subject)


def act_named(window: MainWindow, label: str, subject: str) -> str:
    """What an act of the history did, in words: "Titel wijzigen"."""
    return act_words(window.speech.words, label, subject)
