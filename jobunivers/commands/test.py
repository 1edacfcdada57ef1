"""`jobunivers test`: everything that CI checks."""

import os
import subprocess
import sys
from collections.abc import Sequence

import click

from jobunivers.commands import _browser
from jobunivers.commands._test_starts import ALL_ON_ONE_ENGINE, OTHER_STARTS
from jobunivers.config import ROOT

AT_ONCE = ("-n", str(max(2, min(os.cpu_count() or 2, 4))), "--dist", "worksteal")

KEPT = ("JU_TEST_PG", "JU_TEST_CLOCK", "JU_CHROMIUM", "JU_SANDBOX")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=True,
)
@click.option(
    "--all",
    "run_all",
    is_flag=True,
    help="Also the long ones: every page, size and state, kills, large cities, other hours.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(run_all: bool, arguments: tuple[str, ...]) -> None:
    """Runs ruff, mypy, import contracts and all tests in two to four processes (with pytest
    ARGUMENTS: only those tests, in one).
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JU_") or name in KEPT
    }
    if _browser.wanted_by(arguments, ROOT):
        environment |= _browser_setting()
    starts = OTHER_STARTS if run_all and not arguments else {}
    environment["JU_TEST_REPORT"] = "1"
    if run_all:
        environment["JU_TEST_ALL"] = "1"
    red = _pytest(arguments or AT_ONCE, environment)
    environment.pop("JU_TEST_ALL", None)
    for name, moment in starts.items():
        click.echo(f"The clock begins at {moment}: {name}.")
        red |= _pytest((*AT_ONCE, *ALL_ON_ONE_ENGINE), environment | {"JU_TEST_CLOCK": moment})
    raise click.exceptions.Exit(red)


def _browser_setting() -> dict[str, str]:
    """Where the browser is, for the tests; one line and exit 1 when there is none."""
    try:
        path = _browser.ensure(_browser.Machine(), click.echo)
    except _browser.NoBrowser as error:
        raise click.ClickException(str(error)) from error
    return {"JU_CHROMIUM": path} if path else {}


def _pytest(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """0 when all is green, else 1."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return int(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0)
