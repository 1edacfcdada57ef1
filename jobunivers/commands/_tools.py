"""What the fast verbs run: the development tools, and our own for templates."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click

from jobunivers.commands._fold import fold
from jobunivers.config import ROOT

BIN = Path(sys.executable).parent


def tool(*command: str) -> Callable[[], bool]:
    """A step that runs a program of the environment; true when it finds nothing."""

    def step() -> bool:
        return (
            subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, check=False).returncode
            == 0
        )

    return step


def run(*steps: Callable[[], bool]) -> None:
    """Runs all of them, also after one has found something; exit 1 then."""
    if not all([step() for step in steps]):
        raise click.exceptions.Exit(1)


def templates() -> list[Path]:
    """The pages and mails in HTML; plain text is what it looks like."""
    return sorted((ROOT / "templates").rglob("*.html"))


def unfolded() -> list[Path]:
    """Templates that `format` would change."""
    return [path for path in templates() if fold(text := path.read_text("utf-8")) != text]


def fold_templates() -> bool:
    """Formats the templates."""
    for path in unfolded():
        path.write_text(fold(path.read_text("utf-8")), "utf-8")
    return True


def check_templates() -> bool:
    """Names the templates that are not formatted."""
    found = unfolded()
    for path in found:
        click.echo(f"Would reformat: {path.relative_to(ROOT)}")
    return not found


LINT = (tool("ruff", "check", "."), tool("lint-imports"), tool("vulture"))
FORMAT_CHECK = (tool("ruff", "format", "--check", "."), check_templates)
FORMAT = (tool("ruff", "format", "."), fold_templates)
TYPES = (tool("mypy"),)
UNIT = (tool("python", "-m", "pytest", "tests/unit"),)
