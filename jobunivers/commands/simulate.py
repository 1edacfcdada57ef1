"""`jobunivers simulate`: a year of a city in a throwaway database; who was ever without a next
contact?
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings

if TYPE_CHECKING:
    from jobunivers.seed.year_types import Year


@click.command()
@click.option("--citizens", default=200, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--weeks", default=52, show_default=True, type=click.IntRange(1, 520))
@click.option("--seed", default=1, show_default=True)
@click.option("--profile", default="aarhus", show_default=True)
@click.option(
    "--without-worker",
    is_flag=True,
    help="Leave the nightly work out: shows that the count can fail.",
)
def command(citizens: int, weeks: int, seed: int, profile: str, without_worker: bool) -> None:
    """Runs the contact rules, the worker and everybody's decisions over simulated weeks. The last
    number must be 0.
    """
    from jobunivers.app import create_app
    from jobunivers.migrations import runner
    from jobunivers.seed import year
    from jobunivers.shared.db import engine_for

    with tempfile.TemporaryDirectory(prefix="simulate-") as folder:
        url = f"sqlite:///{Path(folder) / 'simulate-demo.db'}"
        engine = engine_for(url)
        runner.upgrade(engine)
        engine.dispose()
        mail = f"file:{Path(folder) / 'mail'}"
        settings = Settings(
            database_url=url,
            secret_key=DEMO_SECRET,
            data_keys=(DEMO_DATA_KEY,),
            profile=profile,
            demo=True,
            testing=True,
            smtp_url=mail,
        )
        result = year.simulate(
            create_app(settings),
            citizens=citizens,
            weeks=weeks,
            seed=seed,
            with_worker=not without_worker,
        )
    click.echo(
        f"{citizens} citizens, {weeks} weeks, seed {seed}, profile {profile}, "
        f"{'without' if without_worker else 'with'} the worker."
    )
    for line in told(result):
        click.echo(line)
    if result.without and not without_worker:
        first = min(result.without.values())
        raise click.ClickException(
            f"{len(result.without)} citizens were without a next contact, the first on {first}."
        )


def told(result: "Year") -> Iterator[str]:
    """The year in lines: what happened, how long people waited, and the number that must be 0."""
    from jobunivers.seed.year_types import waits_of

    for what, count in sorted(result.counts.items()):
        yield f"  {what}: {count}"
    for wait in waits_of(result):
        yield (
            f"  {wait.what}: median {wait.middle:g}, nine of ten within {wait.ninetieth}, "
            f"longest {wait.longest} ({wait.times} times)"
        )
    if ended := result.counts["meetings held"] + result.counts["meetings missed"]:
        yield f"  messages for each meeting: {result.counts['messages'] / ended:.1f}"
    yield f"Citizens who were ever without a next contact: {len(result.without)}"
