"""What `screening calibrate` and `monitor` say about a spell file."""

from dataclasses import dataclass

import click

from jobunivers.screening import calibration_rules as calibration
from jobunivers.screening import estimate_rules as estimates
from jobunivers.screening import monitoring_rules as monitoring
from jobunivers.screening import survival_rules as survival
from jobunivers.screening.calibration_rules import Known
from jobunivers.screening.estimate_rules import Interval, Matrix
from jobunivers.screening.spell_file import SpellFile

TOO_FEW = "too few"


@dataclass(frozen=True)
class Case:
    """A spell file with everything that was asked of it, read and found sound."""

    spells: SpellFile
    known: Known
    points: list[float] | None
    without_points: int
    predicted: list[float] | None
    helped: list[bool] | None
    flagged: list[bool] | None
    names: list[str]
    rows: Matrix
    order: list[int]


def say_what_is_known(case: Case, horizon: float) -> None:
    """How many rows count, and what share of spells is long."""
    spells, known = case.spells, case.known
    open_spells = sum(not spell.ended for spell in spells.spells)
    click.echo(
        f"Rows: {len(spells.spells)} used, {spells.dropped} without status or length "
        f"dropped, {open_spells} censored."
    )
    for note in spells.notes:
        click.echo(note)
    if case.without_points:
        click.echo(f"Without points: {case.without_points} rows, counted as 0 points.")
    click.echo(f"Known outcomes at week {horizon:g}: {known.cases}, long: {known.long}.")
    curve = survival.share_still_out_of_work(spells.spells, horizon)
    click.echo(
        f"Base rate (weighted for censoring): {known.base_rate:.4f} (Kaplan-Meier {curve:.4f})."
    )
    click.echo(f"Thrown-away base rate, for comparison only: {known.naive_rate:.4f}.")
    click.echo(f"Step of the ladder: {known.step}.")


def _interval(value: Interval | None) -> str:
    return TOO_FEW if value is None else f"{value.value:.3f} ({value.low:.3f}-{value.high:.3f})"


def recalibrate(points: list[float], case: Case, official_rate: float | None) -> tuple[str, ...]:
    """What intercept and slope these outcomes ask for. Returns the alarms."""
    known = case.known
    slope = _slope(points, case)
    found = say_discrimination(points, case, slope)
    if "slope" in found:
        return found
    click.echo("Fitted on the rows of this file, not out of sample; a finding, applied nowhere:")
    rate = official_rate if official_rate is not None else known.base_rate
    click.echo(
        f"Intercept at slope 1, shrunk with 100 pseudo-cases at {rate:.3f}: "
        f"{calibration.shrunk_intercept(points, known, rate):.3f}."
    )
    if slope is not None:
        fit = calibration.recalibrate(points, known, case.helped)
        more = f", helped {fit.helped:.3f}" if fit.helped is not None else ""
        click.echo(f"Intercept {fit.intercept:.3f}, slope {_interval(fit.slope)}{more}.")
    return found


def _slope(scores: list[float], case: Case) -> Interval | None:
    """The slope of points, where the ladder allows to look at one."""
    if case.known.step == "intercept":
        return None
    return calibration.recalibrate(scores, case.known, case.helped).slope


ALARMS = {
    "reversed": "ALARM: the area under the curve lies below 0.5: the order points the wrong way.",
    "slope": "ALARM: the slope is not positive ({slope}). It is applied nowhere.",
    "tripwire": "TRIPWIRE: the ordering by points must be switched off. "
    "Needs, time and chance go on.",
}


def say_discrimination(scores: list[float], case: Case, slope: Interval | None) -> tuple[str, ...]:
    """How well scores tell long spells from short ones. Returns the alarms."""
    area = calibration.discrimination(scores, case.known)
    click.echo(f"Area under the curve: {_interval(area)}.")
    found = calibration.alarms(area, slope, case.known.cases)
    for code in found:
        click.echo(ALARMS[code].format(slope=_interval(slope)))
    return found


def fit_items(case: Case) -> None:
    """A fit of the named columns, and whether it may be proposed."""
    known, points, helped = case.known, case.points, case.helped
    if known.step in ("intercept", "slope"):
        click.echo(
            "Items are fitted from 400 known outcomes (100 long); below that only intercept and slope."
        )
        return
    fit = calibration.fit_items(case.rows, known, points=points, helped=helped)
    click.echo(
        "Items (per standard deviation or category, drawn to "
        + ("the score" if points else "zero")
        + "; on the rows they were fitted on):"
    )
    for name, value, error in zip(
        ["(intercept)", *case.names, "helped"], fit.coefficients, fit.errors, strict=False
    ):
        click.echo(f"  {name:<32} {value:+.3f} (standard error {error:.3f})")
    predicted = calibration.out_of_fold(case.rows, known, points=points, helped=helped)
    area = calibration.discrimination(predicted, known)
    click.echo(f"Five-fold area under the curve, out of sample: {_interval(area)}.")
    if points:
        gain = calibration.accept(case.rows, known, points, case.order, helped)
        click.echo(
            f"Gain in Brier score on the newest quarter: {gain.value:.4f} ({gain.low:.4f} "
            f"to {gain.high:.4f})."
        )
        click.echo(
            "May be proposed; manager and data protection officer sign."
            if gain.low > 0
            else "No gain shown: the present version stays."
        )


def predictions(case: Case) -> tuple[list[float] | None, str]:
    """(predicted shares, where they come from)."""
    columns = case.spells.mapping
    if case.predicted:
        return case.predicted, f"column {columns.predicted}, as they stand in the file"
    if case.points:
        return calibration.at_slope_one(case.points, case.known), (
            "points at slope 1; the level out of sample, in five folds"
        )
    if case.names:
        return calibration.out_of_fold(
            case.rows, case.known, helped=case.helped
        ), "five-fold fit of the named columns, out of sample"
    return None, ""


def judge(predicted: list[float], case: Case) -> tuple[str, ...]:
    """How well the order and the level of predictions held. Returns the alarms; columns that
    nothing is ordered by raise none.
    """
    is_score = case.predicted is None and case.points is not None
    ranked = case.points if is_score and case.points else predicted
    logits = [estimates.logit(value) * calibration.POINTS_PER_LOGIT for value in predicted]
    slope = _slope(logits, case)
    if case.predicted is None and case.points is None:
        area = calibration.discrimination(ranked, case.known)
        click.echo(f"Area under the curve, out of sample: {_interval(area)}.")
        found: tuple[str, ...] = ()
    else:
        found = say_discrimination(ranked, case, slope)
    if slope is not None:
        click.echo(f"Calibration slope, a finding that is applied nowhere: {_interval(slope)}.")
    _say_reliability(predicted, case.known)
    return found


def _say_reliability(predicted: list[float], known: Known) -> None:
    weights = [case.weight for case in known.outcomes]
    long = [case.is_long for case in known.outcomes]
    click.echo(
        f"Brier score: {estimates.brier(predicted, long, weights):.4f}, of the base rate "
        f"alone: {known.base_rate * (1 - known.base_rate):.4f}."
    )
    click.echo("Predicted  observed (95% interval)   cases")
    for part in monitoring.reliability(predicted, known):
        click.echo(f"  {part.predicted:.3f}    {_interval(part.observed)}   {part.cases}")


def say_groups(name: str, case: Case, predicted: list[float] | None) -> None:
    """How predictions and offers fared for each value of a trait."""
    click.echo(f"By {name}:")
    lines = monitoring.by_group(name, case.spells.cells(name), case.known, predicted, case.flagged)
    for line in lines:
        mean = TOO_FEW if line.predicted is None else f"{line.predicted:.3f}"
        click.echo(
            f"  {line.value}: {line.cases} known, {line.long} long; predicted {mean}, "
            f"observed {_interval(line.observed)}"
        )
        if case.flagged:
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
