"""Runs commands in one process and writes down what they log, and what they ask of the system.

    python watched.py LOG EVENTS COMMANDS      (COMMANDS is a JSON list of lists of words)

Every library logs all it has to say to LOG; every program that is started, every connection and
every file that is handed to another program is a line of EVENTS.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

WATCHED = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")
WATCHED += ("webbrowser.", "socket.connect", "socket.bind", "socket.getaddrinfo", "pty.spawn")
WATCHED += ("ftplib.", "http.", "urllib.", "smtplib.", "os.fork")


def main() -> None:
    log, events, commands = sys.argv[1:]
    logging.basicConfig(filename=log, level=logging.DEBUG, force=True)
    with Path(events).open("w", encoding="utf-8", buffering=1) as stream:

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event.startswith(WATCHED):
                stream.write(f"{event} {arguments!r:.300}\n")

        sys.addaudithook(hook)
        from sif_desktop.cli.main import main as command

        for words in json.loads(commands):
            try:
                code: object = command(words)
            except SystemExit as end:
                code = end.code
            print(f"{words[0]}: {code}", flush=True)


if __name__ == "__main__":
    main()
