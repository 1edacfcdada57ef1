"""`jobunivers screening`: the week's draw, the log's proof, and figures on spell files of a
municipality.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask

from jobunivers.config import Settings
from jobunivers.screening import calibration_rules as calibration
from jobunivers.screening import estimate_rules as estimates
from jobunivers.screening import monitoring_rules as monitoring
from jobunivers.screening import spell_file
from jobunivers.screening import survival_rules as survival
from jobunivers.screening.calibration_rules import Known
from jobunivers.screening.estimate_rules import Interval
from jobunivers.screening.spell_file import SpellFile, SpellFileError

TOO_FEW = "too few"


@click.group()
def command() -> None:
    """The screening."""


def _app() -> Flask:
    from jobunivers.app import create_app

    return create_app(Settings.from_environment())


@command.command()
def draw() -> None:
    """Draws this week's places for each team that has not been drawn, as the nightly job does."""
    from jobunivers.screening import lot_services as lots
    from jobunivers.shared import clock
    from jobunivers.shared.current import current_profile

    with _app().app_context():
        suggested = lots.draw_all(now=clock.now(), profile=current_profile())
    click.echo(f"{suggested} offers suggested; people decide.")


@command.command()
def verify() -> None:
    """Checks the log: every link and anchor, and that every logged score comes out again."""
    from jobunivers.screening import logbook_services as logbook
    from jobunivers.shared import anchors

    app = _app()
    file = app.config["SETTINGS"].anchors
    with app.app_context():
        known = anchors.read(Path(file) if file else None)
        faults = logbook.verify(anchors.of_log(known, logbook.LOG))
    for line in faults:
        click.echo(line, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the log")
    click.echo("The log is whole.")


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
    click.option("--score", help="Column with points (10 points = 1 on the log-odds scale)."),
    click.option("--columns", multiple=True, help="Columns to fit as items. Repeatable."),
    click.option("--helped", help="Column that says who got extra help (1 = yes)."),
    click.option("--order", help="Column with the date or number by which newer cases come last."),
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(OPTIONS):
        function = option(function)
    return function


@command.command()
@_with_options
@click.option(
    "--official-rate",
    type=float,
    help="Official share still out of work at the horizon, for the shrunk intercept.",
)
def calibrate(
    file: Path, mapping: Path | None, horizon: float, official_rate: float | None, **given: Any
) -> None:
    """What a spell file allows to be fitted, step by step; nothing is changed in the product."""
    spells, known = _read(file, mapping, horizon, given)
    _say_what_is_known(spells, known, horizon)
    if known.step == "none":
        click.echo(
            "Fewer than 100 known outcomes (30 of them long): the score may order a "
            "queue, and nothing numeric is shown."
        )
        return
    points = spells.numbers(spells.mapping.score) if spells.mapping.score else None
    helped = spells.flags(spells.mapping.helped) if spells.mapping.helped else None
    if points:
        _recalibrate(points, known, helped, official_rate)
    if spells.mapping.columns:
        _fit_items(spells, known, points, helped)
    if not points and not spells.mapping.columns:
        click.echo("Name --score or --columns to see a fit.")


@command.command()
@_with_options
@click.option("--predicted", help="Column with predicted shares (0-1).")
@click.option("--flagged", help="Column that says who was suggested or offered (1 = yes).")
@click.option(
    "--groups",
    multiple=True,
    help="Columns of traits to compare, for the figures only. Repeatable.",
)
def monitor(file: Path, mapping: Path | None, horizon: float, **given: Any) -> None:
    """How predictions and offers fared, with intervals, in all and by group."""
    spells, known = _read(file, mapping, horizon, given)
    _say_what_is_known(spells, known, horizon)
    if known.step == "none":
        click.echo("Fewer than 100 known outcomes (30 of them long): too few for any figure.")
        return
    predicted, how = _predictions(spells, known)
    if predicted:
        click.echo(f"Predictions: {how}.")
        _say_discrimination(predicted, known)
        _say_reliability(predicted, known)
    flagged = spells.flags(spells.mapping.flagged) if spells.mapping.flagged else None
    for name in spells.mapping.groups:
        _say_groups(name, [row[name] for row in spells.rows], known, predicted, flagged)
    if not predicted and not spells.mapping.groups:
        click.echo(
            "Name --predicted, --score or --columns, and --groups with --flagged, to see more."
        )


def _read(
    file: Path, mapping: Path | None, horizon: float, given: dict[str, Any]
) -> tuple[SpellFile, Known]:
    try:
        spells = spell_file.read(file, spell_file.read_mapping(mapping, given))
        return spells, calibration.known_outcomes(spells.spells, horizon)
    except (SpellFileError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def _say_what_is_known(spells: SpellFile, known: Known, horizon: float) -> None:
    open_spells = sum(not spell.ended for spell in spells.spells)
    click.echo(
        f"Rows: {len(spells.spells)} used, {spells.dropped} without status or length "
        f"dropped, {open_spells} censored."
    )
    click.echo(f"Known outcomes at week {horizon:g}: {known.cases}, long: {known.long}.")
    curve = survival.share_still_out_of_work(spells.spells, horizon)
    click.echo(
        f"Base rate (weighted for censoring): {known.base_rate:.4f} (Kaplan-Meier {curve:.4f})."
    )
    click.echo(f"Thrown-away base rate, for comparison only: {known.naive_rate:.4f}.")
    click.echo(f"Step of the ladder: {known.step}.")


def _interval(value: Interval | None) -> str:
    return TOO_FEW if value is None else f"{value.value:.3f} ({value.low:.3f}-{value.high:.3f})"


def _recalibrate(
    points: list[float], known: Known, helped: list[bool] | None, official_rate: float | None
) -> None:
    rate = official_rate if official_rate is not None else known.base_rate
    click.echo(
        f"Intercept at slope 1, shrunk with 100 pseudo-cases at {rate:.3f}: "
        f"{calibration.shrunk_intercept(points, known, rate):.3f}."
    )
    if known.step != "intercept":
        fit = calibration.recalibrate(points, known, helped)
        more = f", helped {fit.helped:.3f}" if fit.helped is not None else ""
        click.echo(f"Intercept {fit.intercept:.3f}, slope {_interval(fit.slope)}{more}.")
        if not fit.is_applied:
            click.echo(
                "ALARM: the slope is not positive. It is not applied; look at the score "
                "before it orders anything."
            )
    _say_discrimination(points, known)


def _say_discrimination(scores: list[float], known: Known) -> None:
    area = calibration.discrimination(scores, known)
    click.echo(f"Area under the curve: {_interval(area)}.")
    if calibration.must_switch_off(area, known.cases):
        click.echo(
            "TRIPWIRE: the ordering by points must be switched off. Needs, time and chance go on."
        )


def _fit_items(
    spells: SpellFile, known: Known, points: list[float] | None, helped: list[bool] | None
) -> None:
    if known.step in ("intercept", "slope"):
        click.echo(
            "Items are fitted from 400 known outcomes (100 long); below that only intercept and slope."
        )
        return
    names, rows = spell_file.features(spells, spells.mapping.columns)
    fit = calibration.fit_items(rows, known, points=points, helped=helped)
    click.echo(
        "Items (per standard deviation or category, drawn to "
        + ("the score" if points else "zero")
        + "):"
    )
    for name, value, error in zip(
        ["(intercept)", *names, "helped"], fit.coefficients, fit.errors, strict=False
    ):
        click.echo(f"  {name:<32} {value:+.3f} (standard error {error:.3f})")
    _say_out_of_fold(rows, known, points, helped)
    if points:
        gain = calibration.accept(rows, known, points, spells.newest_last(), helped)
        click.echo(
            f"Gain in Brier score on the newest quarter: {gain.value:.4f} ({gain.low:.4f} "
            f"to {gain.high:.4f})."
        )
        click.echo(
            "May be proposed; manager and data protection officer sign."
            if gain.low > 0
            else "No gain shown: the present version stays."
        )


def _say_out_of_fold(
    rows: estimates.Matrix, known: Known, points: list[float] | None, helped: list[bool] | None
) -> None:
    predicted = calibration.out_of_fold(rows, known, points=points, helped=helped)
    click.echo(
        f"Five-fold area under the curve: {_interval(calibration.discrimination(predicted, known))}."
    )


def _predictions(spells: SpellFile, known: Known) -> tuple[list[float] | None, str]:
    columns = spells.mapping
    if columns.predicted:
        return spells.numbers(columns.predicted), f"column {columns.predicted}"
    if columns.score:
        points = spells.numbers(columns.score)
        fit = calibration.recalibrate(points, known)
        slope = fit.slope.value
        return [
            estimates.sigmoid(fit.intercept + slope * value / calibration.POINTS_PER_LOGIT)
            for value in points
        ], "points, recalibrated on this file"
    if columns.columns:
        _names, rows = spell_file.features(spells, columns.columns)
        helped = spells.flags(columns.helped) if columns.helped else None
        return calibration.out_of_fold(
            rows, known, helped=helped
        ), "five-fold fit of the named columns"
    return None, ""


def _say_reliability(predicted: list[float], known: Known) -> None:
    weights = [case.weight for case in known.outcomes]
    long = [case.is_long for case in known.outcomes]
    click.echo(
        f"Brier score: {estimates.brier(predicted, long, weights):.4f}, of the base rate "
        f"alone: {known.base_rate * (1 - known.base_rate):.4f}."
    )
    logits = [estimates.logit(value) * calibration.POINTS_PER_LOGIT for value in predicted]
    click.echo(f"Calibration slope: {_interval(calibration.recalibrate(logits, known).slope)}.")
    click.echo("Predicted  observed (95% interval)   cases")
    for part in monitoring.reliability(predicted, known):
        click.echo(f"  {part.predicted:.3f}    {_interval(part.observed)}   {part.cases}")


def _say_groups(
    name: str,
    values: list[str],
    known: Known,
    predicted: list[float] | None,
    flagged: list[bool] | None,
) -> None:
    click.echo(f"By {name}:")
    lines = monitoring.by_group(name, values, known, predicted, flagged)
    for line in lines:
        mean = TOO_FEW if line.predicted is None else f"{line.predicted:.3f}"
        click.echo(
            f"  {line.value}: {line.cases} known, {line.long} long; predicted {mean}, "
            f"observed {_interval(line.observed)}"
        )
        if flagged:
            click.echo(
                f"    offered {_interval(line.flag_rate)}; later long who were offered "
                f"{_interval(line.sensitivity)}"
            )
            click.echo(
                f"    offered without need {_interval(line.false_flags)}; long among the "
                f"offered {_interval(line.hit_rate)}"
            )
        if line.is_too_wide:
            click.echo("    The interval is wider than any difference worth acting on.")
    if (gap := monitoring.sensitivity_gap(lines)) is not None:
        click.echo(f"  Largest difference in later long who were offered: {gap:.3f}.")
