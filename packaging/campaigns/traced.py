"""Running `saver.py` under strace: its system calls as a list, and disturbances of any of them.

strace counts the calls of each kind by itself; a call is named here by its kind and its number.
Linux only; `available` says whether strace is there and may trace.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SAVER = Path(__file__).with_name("saver.py")
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+|\?)(.*)$")
_BOUND = ("begin", "end")


@dataclass(frozen=True)
class Call:
    """A system call: its kind, the how-manieth of its kind, its arguments and what it gave."""

    kind: str
    number: int
    arguments: str
    result: str


@dataclass(frozen=True)
class Ended:
    """How a disturbed act ended: what it reported, its exit code, what it said of errors."""

    reports: list[str]
    code: int
    errors: str


def available() -> str:
    """ "" where strace can be used here; else why not."""
    try:
        probe = subprocess.run(
            ["strace", "-qq", "-e", "trace=none", "true"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        return f"strace is not there ({error.strerror})"
    return "" if probe.returncode == 0 else f"strace may not trace here ({probe.stderr.strip()})"


def _environment() -> dict[str, str]:
    """Without whatever makes two runs call the system in another order."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    return {**plain, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "1"}


def _command(log: Path, act: str, folder: Path, times: int, *more: str) -> list[str]:
    saver = [sys.executable, str(SAVER), act, str(folder), str(times)]
    return ["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", str(log), *more, "--", *saver]


def recorded(act: str, folder: Path, log: Path, times: int = 1) -> list[Call]:
    """All calls of an undisturbed act, from its `begin` to its `end`, that touch its folder or
    report."""
    done = subprocess.run(
        _command(log, act, folder, times), env=_environment(), capture_output=True, check=True
    )
    assert done.stdout.endswith(b"end\n"), done
    inside = False
    counts: dict[str, int] = {}
    found = []
    mark = hexed(str(folder))
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        kind, arguments, result, _ = match.groups()
        counts[kind] = counts.get(kind, 0) + 1
        report = kind == "write" and arguments.startswith("1<")
        if report and any(hexed(f"{word}\n") in arguments for word in _BOUND):
            inside = not inside
        elif inside and (report or mark in arguments):
            found.append(Call(kind, counts[kind], arguments, result))
    return found


def disturbed(act: str, folder: Path, log: Path, call: Call, how: str) -> Ended:
    """An act one of whose calls is disturbed: `how` is strace's, such as `error=ENOSPC:when=3+`."""
    more = ["-e", f"trace={call.kind}", "-e", f"inject={call.kind}:{how}"]
    done = subprocess.run(
        _command(log, act, folder, 1, *more),
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Ended(done.stdout.splitlines(), done.returncode, done.stderr)


def started(act: str, folder: Path, log: Path, call: Call, how: str) -> subprocess.Popen[str]:
    """As `disturbed`, and does not wait for the end."""
    more = ["-e", f"trace={call.kind}", "-e", f"inject={call.kind}:{how}"]
    return subprocess.Popen(
        _command(log, act, folder, 1, *more),
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hexed(text: str) -> str:
    """A text as strace writes it."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def unhexed(text: str) -> bytes:
    """The bytes that strace wrote."""
    return bytes.fromhex(text.replace("\\x", ""))
