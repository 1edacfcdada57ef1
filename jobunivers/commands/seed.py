"""`jobunivers seed`: a synthetic city for load tests."""

import click

from jobunivers.shared import clock


@click.command()
@click.option(
    "--citizens",
    type=click.IntRange(1, 2_000_000),
    required=True,
    help="How many citizens, each with three meetings.",
)
@click.option(
    "--seed", default=1, show_default=True, help="The same number and seed give the same city."
)
def command(citizens: int, seed: int) -> None:
    """Fills an empty database (or the demonstration's) with made-up people, spells, answers, flags
    and meetings.
    """
    from jobunivers.commands._app import opened_app
    from jobunivers.config import INSTANCE, Settings
    from jobunivers.migrations import runner
    from jobunivers.seed import city
    from jobunivers.shared.db import engine_for

    settings = Settings.from_environment()
    settings.ensure_safe()
    INSTANCE.mkdir(exist_ok=True)
    engine = engine_for(settings.database_url)
    runner.upgrade(engine)
    engine.dispose()
    began = clock.monotonic()
    with opened_app():
        if city.is_taken():
            raise click.ClickException(
                "this database holds people already; a city is made in an empty one or "
                "beside the demonstration"
            )
        counts = city.make(
            citizens,
            seed,
            now=clock.now(),
            tell=lambda done: click.echo(f"{done} citizens ...", err=True),
        )
    click.echo(
        f"{counts['citizen']} citizens, {counts['appointment']} meetings, "
        f"{counts['flag']} flags in {clock.monotonic() - began:.0f} seconds."
    )
