"""`jobunivers test`: everything that CI checks."""

import os
import subprocess
import sys

import click

from jobunivers.config import ROOT

AT_ONCE = ("-n", str(max(2, min(os.cpu_count() or 2, 4))), "--dist", "worksteal")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=True,
)
@click.option(
    "--all",
    "run_all",
    is_flag=True,
    help="Also the long ones: every page, size and state, kills, large cities.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(run_all: bool, arguments: tuple[str, ...]) -> None:
    """Runs ruff, mypy, import contracts and all tests in two to four processes (with pytest
    ARGUMENTS: only those tests, in one).
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JU_") or name in ("JU_TEST_PG", "JU_CHROMIUM", "JU_SANDBOX")
    }
    if run_all:
        environment["JU_TEST_ALL"] = "1"
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *(arguments or AT_ONCE)],
        cwd=ROOT,
        env=environment,
        check=False,
    )
    raise click.exceptions.Exit(1 if result.returncode else 0)
