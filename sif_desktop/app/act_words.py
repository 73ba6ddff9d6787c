"""What an act is called, wherever it is told of: in the menu of undo, in the history."""

from __future__ import annotations

from sif_desktop.language import Words


def act_words(words: Words, label: str, subject: str) -> str:
    """What an act did, as its label and subject tell it: "Titel wijzigen".

    A label that these words do not know is shown as it is.
    """
    text = words.find(f"window.acts.{label}") or words.find(f"changes.{label}") or label
    if not subject:
        alone = words.find(f"window.acts_alone.{label}")
        return text.replace("{subject}", "").strip() if alone is None else alone
    return text.replace("{subject}", subject) if "{subject}" in text else f"{text}: {subject}"
