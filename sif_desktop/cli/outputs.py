"""Commands that make something of a proposal: check, pdf, export, schema, demo."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sif_desktop.app import demo, export, identities, payload, sources
from sif_desktop.app.files import write_whole
from sif_desktop.calls.folder import find
from sif_desktop.cli import passphrases
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen
from sif_desktop.rules.audit import usable
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import SEVERITIES, Findings
from sif_desktop.rules.words import place, sentence


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given, language = Arguments(screen.words), screen.words.language

    def check_(
        file: Path = given.any_file,
        as_json: bool = given.json,
    ) -> int:
        source = sources.read(file)
        findings = check(source.proposal, source.call, datetime.now(UTC))
        if as_json:
            screen.raw(json.dumps(findings_as_data(findings, source, screen), ensure_ascii=False))
        else:
            print_findings(findings, source, screen)
        return 1 if findings.blocking else 0

    def pdf(
        file: Path = given.any_file,
        out: Path = given.out_pdf,
    ) -> None:
        source = sources.read(file)
        findings = check(source.proposal, source.call)
        with screen.at_work("commands.working"):
            final = source.kind == "bundle"
            data = payload.pdf(source.proposal, source.call, findings, draft=not final)
            write_whole(out, data)
        screen.say("commands.made", file=str(out))

    def export_(
        file: Path = given.any_file,
        out: Path = given.out_bundle,
        name: str = given.signer_name,
        passphrase_file: Path | None = given.passphrase_file,
        identity: str = given.identity,
    ) -> int:
        source = sources.read(file)
        findings = check(source.proposal, source.call)
        if findings.blocking:
            print_findings(findings, source, screen)
        export.findings_before_export(source)
        signatory, organisation = passphrases.coordinator_of(source.proposal)
        ask = passphrases.asking(screen, passphrase_file)
        signer = identities.open_identity(
            identity, ask, name=name or signatory, organisation=organisation
        )
        with screen.at_work("commands.signing"):
            export.export(source, out, signer)
        screen.say("commands.made", file=str(out))
        return 0

    def schema_(
        call: str = given.call,
        strict: bool = given.strict,
    ) -> None:
        from sif_desktop.calls.schema import schema

        found = schema(usable(find(call)), language, strict=strict)
        screen.raw(json.dumps(found, ensure_ascii=False, indent=2))

    def demo_(out: Path = given.out_folder) -> int:
        with screen.at_work("commands.working"):
            done = demo.run(out, language)
        for file in done.files:
            screen.say("commands.made", file=str(file))
        screen.say("commands.demo_findings", count=len(done.findings))
        from sif_desktop.cli.verifying import report

        for line in report(done.examination, screen.words):
            screen.line(line)
        return 0 if done.examination.good else 1

    return {
        "demo": demo_,
        "check": check_,
        "pdf": pdf,
        "export": export_,
        "schema": schema_,
    }


def findings_as_data(
    findings: Findings, source: sources.Source, screen: Screen
) -> dict[str, object]:
    """Findings for another program: codes and figures, and the sentence in the language asked."""
    words = source.call.words(screen.words.language)
    return {
        "call": source.call.id,
        "blocking": len(findings.blocking),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "address": finding.address,
                "place": place(source.proposal, source.call, words, finding.address),
                "sentence": sentence(finding, words),
                "figures": dict(finding.figures),
            }
            for finding in findings
        ],
    }


def print_findings(findings: Findings, source: sources.Source, screen: Screen) -> None:
    """Findings for a person: the gravest first, each with its place."""
    words = source.call.words(screen.words.language)
    for severity in SEVERITIES:
        found = findings.of(severity)
        if not found:
            continue
        screen.line(f"{words.say(f'severities.{severity}')} ({len(found)})")
        for finding in found:
            where = place(source.proposal, source.call, words, finding.address)
            screen.line(f"  {where}")
            screen.line(f"    {sentence(finding, words)}")
    key = "check_blocked" if findings.blocking else "check_free"
    screen.say(f"commands.{key}", count=len(findings.blocking))
