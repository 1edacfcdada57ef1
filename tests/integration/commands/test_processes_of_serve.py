"""`serve` on all cores: a dead process is begun anew, counts are of the whole house, and nothing
outlives its parent.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.support.patience import PATIENCE

pytestmark = pytest.mark.own_database


@pytest.fixture
def free_port():
    """A port that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def house(engine_name, database_url, free_port, tmp_path):
    """Two web processes on one port: `house.url`, `house.process`, `house.children()`."""

    class House:
        url = f"http://127.0.0.1:{free_port}"
        process = subprocess.Popen(
            [sys.executable, "-m", "jobunivers.cli", "serve"]
            + ["--port", str(free_port), "--processes", "2"],
            env=os.environ
            | {
                "JU_DEMO": "1",
                "JU_DATABASE_URL": database_url,
                "JU_SMTP_URL": f"file:{tmp_path / 'mail'}",
            },
            stderr=subprocess.DEVNULL,
        )

        def children(self):
            listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            return {int(child) for child in listed.read_text().split()}

    house = House()
    until(lambda: answers(house))
    yield house
    if house.process.poll() is None:
        house.process.kill()
    house.process.wait(PATIENCE)


def until(is_so):
    """Waits for it."""
    end = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def answers(house):
    try:
        return requests.get(house.url + "/healthz", timeout=PATIENCE).status_code == 200
    except requests.ConnectionError:
        return False


def is_alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def counted(house):
    text = requests.get(house.url + "/metrics", timeout=PATIENCE).text
    found = re.search(r'requests_total\{method="GET",status="404"\} (\d+)', text)
    return int(found[1]) if found else 0


def test_two_processes_serve_are_counted_as_one_house_and_replaced_when_they_die(house):
    assert len(house.children()) == 2
    for _n in range(12):  # a new connection each time: both take some
        requests.get(house.url + "/no-such-page", timeout=PATIENCE)
    assert {counted(house) for _n in range(8)} == {12}
    victim = min(house.children())
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(house.children() - {victim}) == 2)
    assert {counted(house) for _n in range(8)} == {12}
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(PATIENCE) == 0


ALONE = """
import os, time
from jobunivers.commands._processes import Processes
Processes(lambda number: (print(os.getpid(), flush=True), time.sleep(600)), how_many=2, patience=5).run()
"""


def test_no_process_outlives_a_parent_that_was_killed():
    with subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE) as parent:
        children = [int(parent.stdout.readline()) for _number in range(2)]
        assert all(is_alive(child) for child in children)
        parent.kill()
        until(lambda: not any(is_alive(child) for child in children))
