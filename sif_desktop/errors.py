"""The one tree of errors that this program raises on purpose.

    SifError                 anything below: shown as one plain sentence, never as a traceback
    ├── FileError            a file or folder cannot be read or written
    │   ├── NotOursError     the file is not what it should be: foreign, damaged, cut short
    │   ├── NewerError       the file was made by a newer version of the program
    │   └── LockedError      somebody else has the draft open
    ├── CallError            a folder of `forms/` is wrong, or the call is not known here
    ├── EditError            an edit does not fit the tree that it is applied to
    ├── BlockedError         a finding stands in the way of an export
    └── IdentityError        a key or certificate cannot be used: passphrase, PIN, card, file

An error carries the key of its sentence and the figures in it, not the sentence itself: the
sentence is said by `language.Words` in the user's language, from `resources/texts/`.
"""

from __future__ import annotations

from typing import ClassVar


class SifError(Exception):
    """An error with a plain sentence: `key` names it in `[errors]` of the texts.

    `figures` are the values of the sentence's placeholders. `exit_code` is what the command line
    ends with when this error reaches it.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, key: str, **figures: object) -> None:
        super().__init__(key, figures)
        self.key = key
        self.figures = figures

    def __str__(self) -> str:
        return f"{self.key} {self.figures}"


class FileError(SifError):
    """A file or folder cannot be read or written; `file` is among the figures."""


class NotOursError(FileError):
    """The content of a file is not what it should be."""


class NewerError(FileError):
    """The file was written by a newer version of this program and is left as it is."""


class LockedError(FileError):
    """Another program, or person, has the draft open for writing."""


class CallError(SifError):
    """A call is not known here, or its folder is wrong."""


class EditError(SifError):
    """An edit does not fit the tree: no such address, a value of another type, an id in use."""


class BlockedError(SifError):
    """Findings that block stand in the way of an export."""

    exit_code = 1


class IdentityError(SifError):
    """An identity cannot be made, opened or used for signing."""
