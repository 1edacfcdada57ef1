"""`demo` as a new user meets it: a line a step, a busy port, a failure that says what to do."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import datetime
from itertools import takewhile

import click
import pytest

from jobunivers.commands import _ports
from jobunivers.commands import demo as command
from jobunivers.extensions import db
from jobunivers.seed import demo
from jobunivers.shared import clock
from jobunivers.shared.errors import Conflict
from tests.conftest import settings_for


def prepare(url):
    """A start of the demonstration up to where it would serve."""
    with command.prepared(settings_for(url)).app_context():
        db.session.close()
        db.engine.dispose()


def test_steps_are_told_and_a_second_start_makes_nothing_again(database_url, capsys):
    prepare(database_url)
    first = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in first] == ["[2/4]", "[3/4]"]
    assert "made in" in first[1]
    prepare(database_url)
    assert "there already, made today" in capsys.readouterr().out


def test_data_of_another_day_say_so_and_how_to_renew_them(database_url, capsys):
    prepare(database_url)
    clock.start_at(datetime(2027, 1, 9, 12, 0, tzinfo=clock.COPENHAGEN))
    capsys.readouterr()
    prepare(database_url)
    assert "; --fresh makes them for today" in capsys.readouterr().out


def test_a_failure_says_what_to_do_and_keeps_nothing(database_url, monkeypatch):
    def collide(_crowd, _times):
        raise Conflict

    with monkeypatch.context() as patch:
        patch.setattr(demo.stories, "ALL", (*demo.stories.ALL, collide))
        with pytest.raises(click.ClickException) as caught:
            prepare(database_url)
    assert "python3 run.py demo --fresh" in caught.value.message
    prepare(database_url)  # the next start finds nothing half-made


def test_a_busy_port_is_named_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(click.ClickException) as caught:
            _ports.ensure_free("127.0.0.1", port, "demo")
    assert f"Port {port} is in use" in caught.value.message
    assert "python3 run.py demo --port " in caught.value.message
    _ports.ensure_free("127.0.0.1", port, "demo")


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_ctrl_c_ends_it_quietly(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "jobunivers.cli", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"JU_INSTANCE": str(tmp_path)},
    )
    try:
        lines = list(takewhile(lambda line: "Ctrl-C" not in line, process.stdout))
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").status == 200
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, rest) == (0, "")
    steps = [line[:5] for line in lines if line.startswith("[")]
    assert steps == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
