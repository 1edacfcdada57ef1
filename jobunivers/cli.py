"""`jobunivers VERB`: the verbs are the files of commands/, loaded only when asked for.

Exit 0 on success, 2 on wrong use, 1 on failure with one clear line on stderr and no traceback.
"""

import importlib
import os
import sys
from pathlib import Path

import click

from jobunivers.config import UnsafeSettings
from jobunivers.shared.content import ContentError
from jobunivers.shared.errors import UnmetPort

COMMANDS = Path(__file__).parent / "commands"


class Verbs(click.Group):
    """Finds verbs as files."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path.stem for path in COMMANDS.glob("*.py") if not path.stem.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"jobunivers.commands.{cmd_name}").command
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def jobunivers() -> None:
    """The virtual job universe of a municipality."""


def main() -> None:
    """Runs a verb; turns every failure into one line and exit 1. What it makes on the disk (the
    database, mails of a folder, backups) is for its own user only.
    """
    os.umask(0o077)
    try:
        code = jobunivers.main(
            standalone_mode=False
        )  # click returns the code of an Exit here instead of raising it
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (UnsafeSettings, ContentError, UnmetPort) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("JU_TRACEBACK") == "1":
            raise
        first_line = str(error).strip().splitlines()[0] if str(error).strip() else ""
        click.echo(
            f"Error: {type(error).__name__}: {first_line} (set JU_TRACEBACK=1 to see where)",
            err=True,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
