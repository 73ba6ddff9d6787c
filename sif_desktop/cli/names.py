"""The names of the commands, known without loading what they need."""

from __future__ import annotations

NAMES = (
    "demo",
    "new",
    "import",
    "show",
    "check",
    "pdf",
    "export",
    "verify",
    "schema",
    "history",
    "sheet",
    "intake",
    "transfer",
    "call",
    "cosign",
    "unite",
    "sign-pdf",
    "identity",
    "packet",
    "merge",
    "compare",
    "signoff",
)
