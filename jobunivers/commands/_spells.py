"""`screening calibrate` and `screening monitor`: figures on a municipality's own spell file."""

import functools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jobunivers.commands import _spell_figures as figures
from jobunivers.commands._spell_figures import Case
from jobunivers.screening import calibration_rules as calibration
from jobunivers.screening import spell_file
from jobunivers.screening.number_rules import MARKS
from jobunivers.screening.predictor_rules import features, refused
from jobunivers.screening.spell_mapping_file import SpellFileError, read_mapping

OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option(
        "--mapping",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="YAML file with the same names as the options below.",
    ),
    click.option(
        "--horizon",
        default=26.0,
        show_default=True,
        help="A spell is long when it lasts more than this many weeks.",
    ),
    click.option("--duration", help="Column with the length of the spell."),
    click.option(
        "--weeks-per-unit",
        type=float,
        help="Weeks in one unit of --duration (days: 0.142857, months: 4.348).",
    ),
    click.option(
        "--decimal",
        type=click.Choice(tuple(MARKS)),
        help="What stands before the decimals, where 1.234 or 1,234 could also mean a thousand.",
    ),
    click.option("--start", help="Column with the first day, instead of --duration."),
    click.option("--end", help="Column with the last day; empty = still going on."),
    click.option("--until", help="Last day of follow-up for spells that still go on (2026-10-31)."),
    click.option(
        "--event",
        multiple=True,
        help="COLUMN=VALUE[,VALUE] that says: left for a job or education. Repeatable.",
    ),
    click.option(
        "--censored",
        multiple=True,
        help="COLUMN=VALUE that says: not known how it ended. Without it, every row without an event.",
    ),
    click.option(
        "--score",
        help="Column with points (10 points = 1 on the log-odds scale); an empty cell counts 0.",
    ),
    click.option("--columns", multiple=True, help="Columns to fit as items. Repeatable."),
    click.option("--helped", help="Column that says who got extra help (1 = yes)."),
    click.option("--order", help="Column with the date or number by which newer cases come last."),
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def told_in_one_line(function: Callable[..., None]) -> Callable[..., None]:
    """Whatever is wrong with a file ends the command with one line and exit status 1."""

    @functools.wraps(function)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            function(*arguments, **options)
        except SpellFileError as error:
            raise click.ClickException(" ".join(str(error).split())) from None

    return told


@click.command()
@_with_options
@click.option(
    "--official-rate",
    type=float,
    help="Official share still out of work at the horizon, for the shrunk intercept.",
)
@told_in_one_line
def calibrate(
    file: Path, mapping: Path | None, horizon: float, official_rate: float | None, **given: Any
) -> None:
    """What a spell file allows to be fitted, step by step; nothing is changed in the product."""
    if official_rate is not None and not 0 < official_rate < 1:
        raise SpellFileError(f"--official-rate: {official_rate:g} is not a share between 0 and 1")
    case = _read(file, mapping, horizon, given)
    figures.say_what_is_known(case, horizon)
    if case.known.step == "none":
        click.echo(
            "Fewer than 100 known outcomes (30 of them long): the score may order a "
            "queue, and nothing numeric is shown."
        )
        return
    found = figures.recalibrate(case.points, case, official_rate) if case.points else ()
    if case.names and not found:
        figures.fit_items(case)
    if not case.points and not case.names:
        click.echo("Name --score or --columns to see a fit.")
    _end_with(found)


@click.command()
@_with_options
@click.option("--predicted", help="Column with predicted shares (0-1).")
@click.option("--flagged", help="Column that says who was suggested or offered (1 = yes).")
@click.option(
    "--groups",
    multiple=True,
    help="Columns of traits to compare, for the figures only. Repeatable.",
)
@told_in_one_line
def monitor(file: Path, mapping: Path | None, horizon: float, **given: Any) -> None:
    """How predictions and offers fared, with intervals, in all and by group."""
    case = _read(file, mapping, horizon, given)
    figures.say_what_is_known(case, horizon)
    if case.known.step == "none":
        click.echo("Fewer than 100 known outcomes (30 of them long): too few for any figure.")
        return
    predicted, how = figures.predictions(case)
    found: tuple[str, ...] = ()
    if predicted:
        click.echo(f"Predictions: {how}.")
        found = figures.judge(predicted, case)
    for name in case.spells.mapping.groups:
        figures.say_groups(name, case, predicted)
    if not predicted and not case.spells.mapping.groups:
        click.echo(
            "Name --predicted, --score or --columns, and --groups with --flagged, to see more."
        )
    _end_with(found)


def _end_with(alarms: tuple[str, ...]) -> None:
    """A raised alarm is the exit status too, so that no timetable passes over it."""
    if alarms:
        raise click.ClickException(
            "this score must order nobody: switch route B off in the municipality's profile "
            "until two people have looked at it"
        )


def _read(file: Path, mapping: Path | None, horizon: float, given: dict[str, Any]) -> Case:
    """Everything that the mapping names, read before the first figure is said."""
    if not 0 < horizon < math.inf:
        raise SpellFileError(f"--horizon: {horizon:g} is not a number of weeks above 0")
    columns = read_mapping(mapping, given)
    if traits := refused(columns.columns, columns.groups):
        raise SpellFileError(
            f"{', '.join(traits)}: who somebody is may be compared (--groups) and never be fitted "
            "(--columns)"
        )
    spells = spell_file.read(file, columns)
    longest = max(spell.length for spell in spells.spells)
    if longest < horizon and not all(spell.ended for spell in spells.spells):
        raise SpellFileError(
            f"--horizon: nobody was followed to week {horizon:g}; the longest spell has "
            f"{longest:g} weeks, so no outcome is known"
        )
    points, without = spells.points(columns.score) if columns.score else (None, 0)
    names, rows = features([spells.predictor(column) for column in columns.columns])
    return Case(
        spells=spells,
        known=calibration.known_outcomes(spells.spells, horizon),
        points=points,
        without_points=without,
        predicted=spells.shares(columns.predicted) if columns.predicted else None,
        helped=spells.flags(columns.helped) if columns.helped else None,
        flagged=spells.flags(columns.flagged) if columns.flagged else None,
        names=names,
        rows=rows,
        order=spells.newest_last(),
    )
