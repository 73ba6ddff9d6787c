"""The language of the interface, changed while the window stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from sif_desktop.language import LANGUAGES, Language, Words, words

if TYPE_CHECKING:
    from sif_desktop.calls.call import Call
    from sif_desktop.errors import SifError

_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}


class Speech(QObject):
    """The sentences of the program and, while a draft is open, of its call.

    `changed` tells that all that is written on the screen has to be said anew.
    """

    changed = Signal()

    def __init__(self, language: Language = "nl") -> None:
        super().__init__()
        self._call: Call | None = None
        self._translator: QTranslator | None = None
        self.words: Words = words(language)
        self._translate_qt()

    @property
    def language(self) -> Language:
        """The language of the interface; that of the dossier is the proposal's."""
        return self.words.language

    def say(self, key: str, **figures: object) -> str:
        """The sentence under a key with its figures. Raises KeyError for an unknown key."""
        return self.words.say(key, **figures)

    def find(self, key: str, otherwise: str = "") -> str:
        """The sentence under a key, or another text where there is none."""
        found = self.words.find(key)
        return otherwise if found is None else found

    def error(self, error: SifError) -> str:
        """What an error says to whoever sits before the screen."""
        key = f"errors.{error.key}"
        if self.words.find(key) is None:
            return self.say("window.trouble.unexpected")
        return self.say(key, **error.figures)

    def use_language(self, language: Language) -> None:
        """Goes on in another language."""
        if language in LANGUAGES and language != self.language:
            self._renew(language)

    def use_call(self, call: Call | None) -> None:
        """Takes the texts of a call along, or lets go of them."""
        if call is not self._call:
            self._call = call
            self._renew(self.language)

    def _renew(self, language: Language) -> None:
        self.words = self._call.words(language) if self._call else words(language)
        self._translate_qt()
        self.changed.emit()

    def _translate_qt(self) -> None:
        """Qt's own dialogs and menus; English is what they say without a translator."""
        QLocale.setDefault(QLocale(_LOCALES[self.language]))
        app = QApplication.instance()
        if app is None:
            return
        if self._translator is not None:
            app.removeTranslator(self._translator)
            self._translator = None
        if self.language == "en":
            return
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{self.language}", folder):
            app.installTranslator(translator)
            self._translator = translator
