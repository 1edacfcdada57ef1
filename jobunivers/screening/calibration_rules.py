"""The ladder of recalibration: how much may be fitted from how many known outcomes, and when a
score must be switched off.

Sizes and guards: screening B.4 (tripwire) and B.7. Weighted for censoring; `helped` is part of
every fit and set to 0 when scoring,
because an offer that works hides the need it answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jobunivers.screening import estimate_rules as estimates
from jobunivers.screening import survival_rules as survival
from jobunivers.screening.estimate_rules import Fit, Interval
from jobunivers.screening.survival_rules import Outcome, Spell

POINTS_PER_LOGIT = 10
PSEUDO_CASES = 100
SLOPE_PENALTY = 5.0
ITEM_PENALTY = 20.0
FOLDS = 5
LADDER = (
    (100, 30, "intercept"),
    (200, 60, "slope"),
    (400, 100, "items"),
    (800, 250, "plain"),
    (5000, 250, "challenger"),
)


@dataclass(frozen=True)
class Known:
    """How many outcomes are known at the horizon, and what share of all spells lasts longer."""

    cases: int
    long: int
    base_rate: float
    naive_rate: float
    outcomes: tuple[Outcome, ...]

    @property
    def step(self) -> str:
        """The highest step of the ladder that these numbers allow: none, intercept, slope, items,
        plain or challenger.
        """
        return next(
            (
                step
                for cases, long, step in reversed(LADDER)
                if self.cases >= cases and self.long >= long
            ),
            "none",
        )


@dataclass(frozen=True)
class Recalibrated:
    """log-odds = intercept + slope x points/10. `is_applied` is False when the slope is not
    positive: an alarm, never a new version.
    """

    intercept: float
    slope: Interval
    helped: float | None
    is_applied: bool


def known_outcomes(spells: Sequence[Spell], horizon: float) -> Known:
    """Counts and rates at the horizon (weeks)."""
    found = tuple(survival.outcomes(spells, horizon))
    cases = [case for case in found if case.weight]
    return Known(
        len(cases),
        sum(case.is_long for case in cases),
        survival.base_rate(found),
        survival.naive_rate(found),
        found,
    )


def alarms(area: Interval, slope: Interval | None, cases: int) -> tuple[str, ...]:
    """What forbids that a score orders anything: "reversed" (the area under the curve lies below
    0.5), "slope" (it is not positive; known from 200 outcomes), "tripwire".
    """
    found = {
        "reversed": area.value < 0.5,
        "slope": slope is not None and slope.value <= 0,
        "tripwire": must_switch_off(area, cases),
    }
    return tuple(code for code, is_raised in found.items() if is_raised)


def at_slope_one(points: Sequence[float], known: Known) -> list[float]:
    """Shares that the points mean as they are: the slope stays 1, and only the level is fitted, on
    four fifths of the rows for the fifth that has not been seen (five folds, by row number).
    """
    found = [0.0] * len(points)
    for fold in range(FOLDS):
        seen = [i for i in range(len(points)) if i % FOLDS != fold]
        part = _part(known, seen)
        level = shrunk_intercept([points[i] for i in seen], part, survival.base_rate(part.outcomes))
        for i in range(fold, len(points), FOLDS):
            found[i] = estimates.sigmoid(level + points[i] / POINTS_PER_LOGIT)
    return found


def shrunk_intercept(points: Sequence[float], known: Known, official_rate: float) -> float:
    """The intercept at slope 1, held back by 100 pseudo-cases with the same points at the official
    base rate.
    """
    cases = _known_rows(known)
    share = PSEUDO_CASES / len(cases)
    outcome = [float(known.outcomes[i].is_long) for i in cases] + [official_rate] * len(cases)
    weights = [known.outcomes[i].weight for i in cases] + [share] * len(cases)
    offset = [points[i] / POINTS_PER_LOGIT for i in cases] * 2
    fit = estimates.fit_logistic(
        [[1.0]] * len(outcome), outcome, weights, penalties=[0.0], offset=offset
    )
    return fit.coefficients[0]


def recalibrate(
    points: Sequence[float], known: Known, helped: Sequence[bool] | None = None
) -> Recalibrated:
    """Intercept and slope, the slope drawn to 1 with penalty 5. A slope that is not positive is
    never applied.
    """
    rows = [
        [1.0, value / POINTS_PER_LOGIT, *([float(helped[i])] if helped else [])]
        for i, value in enumerate(points)
    ]
    size = 3 if helped else 2
    fit = _fit(
        rows, known, penalties=[0.0, SLOPE_PENALTY, 0.0][:size], centres=[0.0, 1.0, 0.0][:size]
    )
    slope, error = fit.coefficients[1], fit.errors[1]
    interval = Interval(slope, slope - estimates.Z * error, slope + estimates.Z * error)
    return Recalibrated(
        fit.coefficients[0], interval, fit.coefficients[2] if helped else None, slope > 0
    )


def fit_items(
    rows: estimates.Matrix,
    known: Known,
    *,
    points: Sequence[float] | None = None,
    helped: Sequence[bool] | None = None,
    penalty: float = ITEM_PENALTY,
) -> Fit:
    """Intercept, items (each drawn to 0 with the penalty), `helped` last and free. With points, the
    items only bend the score: it is the offset.
    """
    helps = [[float(value)] for value in helped] if helped else [[] for _row in rows]
    matrix = [[1.0, *row, *extra] for row, extra in zip(rows, helps, strict=True)]
    penalties = [0.0, *[penalty] * len(rows[0]), *([0.0] if helped else [])]
    return _fit(
        matrix,
        known,
        penalties=penalties,
        offset=[value / POINTS_PER_LOGIT for value in points] if points else None,
    )


def predict(
    rows: estimates.Matrix, fit: Fit, *, points: Sequence[float] | None = None
) -> list[float]:
    """Predicted shares without help: the coefficient of `helped` is left out."""
    offset = [value / POINTS_PER_LOGIT for value in points] if points else [0.0] * len(rows)
    items = fit.coefficients[1 : 1 + len(rows[0])]
    return [
        estimates.sigmoid(
            fit.coefficients[0] + start + sum(x * b for x, b in zip(row, items, strict=True))
        )
        for row, start in zip(rows, offset, strict=True)
    ]


def out_of_fold(
    rows: estimates.Matrix,
    known: Known,
    *,
    helped: Sequence[bool] | None = None,
    points: Sequence[float] | None = None,
) -> list[float]:
    """Predictions of each row by a fit that has not seen it (five folds, by row number)."""
    found = [0.0] * len(rows)
    for fold in range(FOLDS):
        seen = [i for i in range(len(rows)) if i % FOLDS != fold]
        fit = _fit_on(seen, rows, known, helped, points)
        unseen = [i for i in range(len(rows)) if i % FOLDS == fold]
        for i, value in zip(
            unseen,
            predict(
                [rows[i] for i in unseen],
                fit,
                points=[points[i] for i in unseen] if points else None,
            ),
            strict=True,
        ):
            found[i] = value
    return found


def accept(
    rows: estimates.Matrix,
    known: Known,
    points: Sequence[float],
    order: Sequence[int],
    helped: Sequence[bool] | None = None,
) -> Interval:
    """Gain in Brier score on the newest quarter (time split, paired bootstrap): new items against
    the old score, recalibrated on the older rows; with a slope of 1 where theirs is not positive.

    A new version is proposed only when the whole interval lies above 0; manager and data protection
    officer sign it (B.7).
    """
    cut = len(order) * 3 // 4
    old_rows, new_rows = list(order[:cut]), [i for i in order[cut:] if known.outcomes[i].weight]
    fit = _fit_on(old_rows, rows, known, helped, points)
    new = predict([rows[i] for i in new_rows], fit, points=[points[i] for i in new_rows])
    plain = recalibrate(
        [points[i] for i in old_rows],
        _part(known, old_rows),
        [helped[i] for i in old_rows] if helped else None,
    )
    level, slope = plain.intercept, plain.slope.value
    if not plain.is_applied:
        older, slope = _part(known, old_rows), 1.0
        level = shrunk_intercept(
            [points[i] for i in old_rows], older, survival.base_rate(older.outcomes)
        )
    old = [estimates.sigmoid(level + slope * points[i] / POINTS_PER_LOGIT) for i in new_rows]
    long = [known.outcomes[i].is_long for i in new_rows]
    weights = [known.outcomes[i].weight for i in new_rows]

    def gain(chosen: Sequence[int]) -> float:
        y, w = [long[i] for i in chosen], [weights[i] for i in chosen]
        return estimates.brier([old[i] for i in chosen], y, w) - estimates.brier(
            [new[i] for i in chosen], y, w
        )

    return estimates.bootstrap(gain, len(new_rows))


def discrimination(scores: Sequence[float], known: Known) -> Interval:
    """The weighted area under the curve with a bootstrap interval."""
    cases = _known_rows(known)
    values = [scores[i] for i in cases]
    long = [known.outcomes[i].is_long for i in cases]
    weights = [known.outcomes[i].weight for i in cases]
    return estimates.bootstrap(
        lambda chosen: estimates.auc(
            [values[i] for i in chosen], [long[i] for i in chosen], [weights[i] for i in chosen]
        ),
        len(cases),
    )


def must_switch_off(area: Interval, cases: int) -> bool:
    """The tripwire: from 200 known outcomes off when the interval lies below 0.55, from 400 also
    when it includes 0.5 (B.4).
    """
    return (cases >= 200 and area.high < 0.55) or (cases >= 400 and area.low <= 0.5)


def _fit(
    rows: estimates.Matrix,
    known: Known,
    *,
    penalties: Sequence[float],
    centres: Sequence[float] | None = None,
    offset: Sequence[float] | None = None,
) -> Fit:
    cases = _known_rows(known)
    return estimates.fit_logistic(
        [rows[i] for i in cases],
        [float(known.outcomes[i].is_long) for i in cases],
        [known.outcomes[i].weight for i in cases],
        penalties=penalties,
        centres=centres,
        offset=[offset[i] for i in cases] if offset else None,
    )


def _fit_on(
    chosen: Sequence[int],
    rows: estimates.Matrix,
    known: Known,
    helped: Sequence[bool] | None,
    points: Sequence[float] | None,
) -> Fit:
    return fit_items(
        [rows[i] for i in chosen],
        _part(known, chosen),
        helped=[helped[i] for i in chosen] if helped else None,
        points=[points[i] for i in chosen] if points else None,
    )


def _part(known: Known, chosen: Sequence[int]) -> Known:
    return Known(
        known.cases,
        known.long,
        known.base_rate,
        known.naive_rate,
        tuple(known.outcomes[i] for i in chosen),
    )


def _known_rows(known: Known) -> list[int]:
    return [i for i, case in enumerate(known.outcomes) if case.weight]
