"""The intake on a Dask cluster: the same table as on one machine, also when a worker is killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from intake_bundles import generate

from sif_desktop.app.intake import outputs, running
from sif_desktop.app.intake.desk import Given, take_in
from sif_desktop.errors import FileError
from sif_desktop.language import words

COUNT = 96


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers in processes of their own, on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    log = (tmp_path / "log").open("wb")

    def start(module: str, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *more, "--no-dashboard"]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
    options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    workers = [start("dask_worker", address, *options) for _ in range(2)]
    try:
        wait_for(address, 2)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
        log.close()


def wait_for(address: str, count: int) -> None:
    """Waits until the cluster has its workers."""
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def written(folder: Path, out: Path, make: object, tell: running.Tell) -> bytes:
    for ledger, overview in take_in(Given(folder, out), make=make, tell=tell):  # type: ignore[arg-type]
        outputs.write_all(out, ledger, overview, words("nl"))
    return (out / outputs.CSV).read_bytes()


@pytest.mark.filterwarnings("ignore")  # of the cluster's own libraries, about loops and sockets
def test_a_cluster_gives_the_same_table_also_when_a_worker_is_killed(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    folder = tmp_path / "in"
    generate(folder, COUNT, broken=10)
    killed: list[int] = []

    def kill(done: int, whole: int) -> None:
        if done and not killed:
            killed.append(done)
            workers[0].kill()
            workers[0].wait()

    alone = written(folder, tmp_path / "a", lambda: (ThreadPoolExecutor(1), 1), lambda d, w: None)
    spread = written(folder, tmp_path / "b", partial(running.cluster, address), kill)
    assert killed and 0 < killed[0] < COUNT
    assert spread == alone


def test_no_cluster_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        running.cluster("geen adres")
    assert caught.value.key == "intake_no_scheduler"
