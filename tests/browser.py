"""A real Chromium without a screen, driven by its own driver over the WebDriver protocol."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
CONTROL, END = "\ue009", "\ue000"


class Browser:
    """A session of the browser."""

    def __init__(self, port: int, profile: Path) -> None:
        self._base = f"http://127.0.0.1:{port}"
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--window-size=1000,800",
            f"--user-data-dir={profile}",
        ]
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments, "binary": shutil.which("chromium")},
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{made['sessionId']}"

    def open(self, file: Path) -> None:
        """Opens a page, and waits until all of it was read and its script has run.

        The driver may come back earlier where the page that stood there had the same address.
        """
        self._post("/url", {"url": file.as_uri()})
        self.run(
            "return new Promise((done) => {"
            "  const read = () => document.readyState === 'complete';"
            "  const look = () => read() ? done() : setTimeout(look, 5);"
            "  look();"
            "});"
        )

    def run(self, script: str, *values: object) -> Any:
        return self._post("/execute/sync", {"script": script, "args": list(values)})

    def find(self, css: str) -> Any:
        return self._post("/element", {"using": "css selector", "value": css})[ELEMENT]

    def click(self, css: str) -> None:
        # What stands in sight beneath the head of a page is for the driver to be clicked there.
        self.run(f"document.querySelector({json.dumps(css)}).scrollIntoView({{block: 'center'}})")
        self._post(f"/element/{self.find(css)}/click", {})

    def type(self, css: str, text: str) -> None:
        self._post(f"/element/{self.find(css)}/value", {"text": text})

    def log(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._post("/se/log", {"type": kind})
        return found

    def requests(self) -> list[str]:
        """The addresses that pages from files asked for since the last time."""
        events = (json.loads(one["message"])["message"] for one in self.log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
            and event["params"]["documentURL"].startswith("file:")
        ]

    def close(self) -> None:
        self._ask("DELETE", self._session, None)

    def _post(self, path: str, data: object) -> Any:
        return self._ask("POST", self._session + path, data)

    def _ask(self, method: str, path: str, data: object) -> Any:
        body = None if data is None else json.dumps(data).encode()
        head = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._base + path, body, head, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


@contextmanager
def driver() -> Iterator[int]:
    """The driver in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("chromedriver")
    assert program, "chromium-driver is missing"
    with subprocess.Popen(
        [program, f"--port={port}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            next(line for line in process.stdout if "successfully" in line)
            yield port
        finally:
            process.kill()


@contextmanager
def browser(port: int, profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, closed at the end."""
    opened = Browser(port, profile)
    try:
        yield opened
    finally:
        opened.close()
