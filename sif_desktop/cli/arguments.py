"""The arguments and options that commands share, each with its words for `--help`."""

from __future__ import annotations

from typing import Any

import typer

from sif_desktop.language import Words


class Arguments:
    """What a command may be given; the names are keys of `commands.arguments` in the texts."""

    def __init__(self, words: Words) -> None:
        def told(key: str) -> str:
            return words.say(f"commands.arguments.{key}")

        self.draft: Any = typer.Argument(help=told("draft"))
        self.any_file: Any = typer.Argument(help=told("any_file"))
        self.bundle: Any = typer.Argument(help=told("bundle"))
        self.call: Any = typer.Argument(help=told("call"))
        self.out_pdf: Any = typer.Argument(help=told("out_pdf"))
        self.out_bundle: Any = typer.Argument(help=told("out_bundle"))
        self.out_sheet: Any = typer.Argument(help=told("out_sheet"))
        self.only_partner: Any = typer.Argument("", help=told("only_partner"))
        self.out_folder: Any = typer.Argument(help=told("out_folder"))
        self.for_call: Any = typer.Option("", "--call", help=told("call"))
        self.author: Any = typer.Option("", "--author", help=told("author"))
        self.origin: Any = typer.Option(..., "--from", help=told("origin"))
        self.sheet_partner: Any = typer.Option("", "--partner", help=told("sheet_partner"))
        self.mapped: Any = typer.Option([], "--map", help=told("mapped"))
        self.only_show: Any = typer.Option(False, "--show", help=told("only_show"))
        self.json: Any = typer.Option(False, "--json", help=told("json"))
        self.strict: Any = typer.Option(False, "--strict", help=told("strict"))
        self.signer_name: Any = typer.Option("", "--name", help=told("signer_name"))
        self.passphrase_file: Any = typer.Option(
            None, "--passphrase-file", help=told("passphrase_file")
        )
        self.trust: Any = typer.Option(None, "--trust", help=told("trust"))
        self.pinned: Any = typer.Option([], "--pinned", help=told("pinned"))
        self.copies: Any = typer.Argument(help=told("copies"))
        self.out_copy: Any = typer.Argument(None, help=told("out_copy"))
        self.out_united: Any = typer.Option(..., "--out", help=told("out_united"))
        self.cosign_partner: Any = typer.Option("", "--partner", help=told("cosign_partner"))
        self.identity: Any = typer.Option("default", "--identity", help=told("identity"))
        self.bundles_folder: Any = typer.Argument(help=told("bundles_folder"))
        self.intake_out: Any = typer.Argument(help=told("intake_out"))
        self.scheduler: Any = typer.Option("", "--scheduler", help=told("scheduler"))
        self.workers: Any = typer.Option(0, "--workers", min=0, help=told("workers"))
        self.out_html: Any = typer.Argument(help=told("out_html"))
        self.p12: Any = typer.Argument(help=told("p12"))
        self.out_certificate: Any = typer.Argument(help=told("out_certificate"))
        self.own_name: Any = typer.Option(..., "--name", help=told("own_name"))
        self.own_organisation: Any = typer.Option(
            "", "--organisation", help=told("own_organisation")
        )
        self.card_module: Any = typer.Argument(None, help=told("card_module"))
        self.pin_what: Any = typer.Argument(help=told("pin_what"))
        self.pin_groups: Any = typer.Argument(None, help=told("pin_groups"))
        self.pin_start: Any = typer.Argument(help=told("pin_start"))
        self.follows: Any = typer.Option(None, "--from", help=told("follows"))
        self.old_call: Any = typer.Argument(help=told("old_call"))
        self.new_id: Any = typer.Argument(help=told("new_id"))
        self.edition: Any = typer.Option("", "--edition", help=told("edition"))
        self.forms_home: Any = typer.Option(None, "--in", help=told("forms_home"))
        self.out_verification: Any = typer.Option(None, "--sheet", help=told("out_verification"))
        self.pdf_to_sign: Any = typer.Argument(help=told("pdf_to_sign"))
        self.out_signed_pdf: Any = typer.Argument(None, help=told("out_signed_pdf"))
