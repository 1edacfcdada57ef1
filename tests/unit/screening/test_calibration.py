"""Fits find the truth in simulated data, and the guards hold."""

import math
from random import Random

import pytest

from jobunivers.screening import calibration_rules as calibration
from jobunivers.screening import estimate_rules as estimates
from jobunivers.screening import monitoring_rules as monitoring
from jobunivers.screening import predictor_rules
from jobunivers.screening.calibration_rules import Known
from jobunivers.screening.estimate_rules import Interval, sigmoid
from jobunivers.screening.survival_rules import Outcome


def known_of(long):
    cases = tuple(Outcome(value, 1.0) for value in long)
    rate = sum(long) / len(long)
    return Known(len(cases), sum(long), rate, rate, cases)


def simulated(cases, *, intercept=-0.8, slope=0.6, seed=1):
    rng = Random(seed)
    points = [float(rng.randint(-10, 25)) for _ in range(cases)]
    return points, known_of(
        [rng.random() < sigmoid(intercept + slope * value / 10) for value in points]
    )


def test_recalibration_finds_intercept_and_slope():
    points, known = simulated(4000)
    fit = calibration.recalibrate(points, known)
    assert fit.intercept == pytest.approx(-0.8, abs=0.1)
    assert fit.slope.low < 0.6 < fit.slope.high and fit.is_applied


def test_newton_reaches_the_point_where_the_gradient_is_nothing():
    points, known = simulated(500, seed=4)
    rows = [[1.0, value / 10] for value in points]
    fit = estimates.fit_logistic(
        rows, [float(case.is_long) for case in known.outcomes], [1.0] * 500, penalties=[0.0, 0.0]
    )
    for column in (0, 1):
        pull = sum(
            row[column]
            * (
                case.is_long
                - sigmoid(sum(x * b for x, b in zip(row, fit.coefficients, strict=True)))
            )
            for row, case in zip(rows, known.outcomes, strict=True)
        )
        assert pull == pytest.approx(0, abs=1e-6)


def test_a_reversed_score_raises_the_alarm_and_is_not_applied():
    points, known = simulated(1000, slope=-0.8)
    assert not calibration.recalibrate(points, known).is_applied
    area = calibration.discrimination(points, known)
    assert area.high < 0.5 and calibration.must_switch_off(area, known.cases)


@pytest.mark.parametrize(
    ("low", "high", "cases", "off"),
    [
        (0.40, 0.54, 199, False),
        (0.40, 0.54, 200, True),
        (0.48, 0.56, 200, False),
        (0.48, 0.60, 399, False),
        (0.48, 0.60, 400, True),
        (0.55, 0.65, 5000, False),
    ],
)
def test_a_score_that_may_point_the_wrong_way_is_switched_off(low, high, cases, off):
    assert calibration.must_switch_off(Interval((low + high) / 2, low, high), cases) is off


@pytest.mark.parametrize(
    ("cases", "long", "step"),
    [
        (99, 90, "none"),
        (100, 29, "none"),
        (100, 30, "intercept"),
        (200, 60, "slope"),
        (400, 99, "slope"),
        (400, 100, "items"),
        (800, 250, "plain"),
        (5000, 1000, "challenger"),
    ],
)
def test_each_step_of_the_ladder_needs_enough_known_outcomes(cases, long, step):
    assert Known(cases, long, 0.3, 0.3, ()).step == step


def test_few_cases_are_held_back_by_the_official_rate():
    points, known = simulated(100, intercept=1.5, slope=0.0)
    free = calibration.recalibrate(points, known).intercept
    assert calibration.shrunk_intercept(points, known, 0.2) < free


def test_a_fit_that_knows_of_the_help_recovers_the_truth_that_help_hides():
    """Half of those with most points get help that halves the odds: without the term the slope
    looks too small (screening B.11).
    """
    rng = Random(7)
    points, long, helped = [], [], []
    for _ in range(6000):
        value = float(rng.randint(-10, 25))
        got = value > 8 and rng.random() < 0.8
        points.append(value)
        helped.append(got)
        long.append(
            rng.random() < sigmoid(-0.6 + 0.79 * value / 10 + (math.log(0.6) if got else 0))
        )
    known = known_of(long)
    with_term, without = (
        calibration.recalibrate(points, known, helped),
        calibration.recalibrate(points, known),
    )
    assert with_term.slope.value == pytest.approx(0.79, abs=0.08)
    assert without.slope.value < with_term.slope.value
    assert with_term.helped == pytest.approx(math.log(0.6), abs=0.2)


def test_new_items_are_accepted_only_when_they_gain_on_the_newest_cases():
    rng = Random(3)
    points, rows, long = [], [], []
    for _ in range(2000):
        value, item = float(rng.randint(-10, 25)), rng.gauss(0, 1)
        points.append(value)
        rows.append([item])
        long.append(rng.random() < sigmoid(-0.8 + value / 10 + 1.2 * item))
    assert calibration.accept(rows, known_of(long), points, range(2000)).low > 0
    noise = [[rng.gauss(0, 1)] for _ in range(2000)]
    assert calibration.accept(noise, known_of(long), points, range(2000)).low <= 0.001


def test_area_under_the_curve_counts_ties_half_and_weights():
    assert estimates.auc([1, 2, 3, 4], [False, False, True, True], [1] * 4) == 1
    assert estimates.auc([1, 1], [False, True], [1, 1]) == 0.5
    assert estimates.auc([1, 2, 3], [False, True, False], [1, 1, 3]) == 0.25
    assert math.isnan(estimates.auc([1, 2], [True, True], [1, 1]))


@pytest.mark.parametrize(
    ("successes", "cases", "low", "high"),
    [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0)],
)
def test_wilson_intervals_are_the_published_ones(successes, cases, low, high):
    interval = estimates.wilson(successes, cases)
    assert (interval.low, interval.high) == (
        pytest.approx(low, abs=1e-3),
        pytest.approx(high, abs=1e-3),
    )


def test_reliability_has_five_bins_below_five_hundred_cases_and_ten_above():
    for cases, bins in ((499, 5), (500, 10)):
        points, known = simulated(cases)
        assert len(monitoring.reliability([sigmoid(value / 10) for value in points], known)) == bins


def test_small_groups_are_not_told():
    points, known = simulated(400)
    values = ["few"] * 30 + ["many"] * 370
    few, many = monitoring.by_group(
        "g", values, known, [0.3] * 400, [value > 10 for value in points]
    )
    assert few.sensitivity is None and few.flag_rate is None and few.observed is None
    assert many.sensitivity is not None and many.flag_rate is not None
    assert monitoring.sensitivity_gap([few, many]) is None


def test_points_at_slope_one_know_nothing_of_the_row_they_are_judged_on():
    points, known = simulated(500, slope=-0.8)
    before = calibration.at_slope_one(points, known)
    flipped = list(known.outcomes)
    flipped[7] = Outcome(not flipped[7].is_long, 1.0)
    other = Known(known.cases, known.long, known.base_rate, known.naive_rate, tuple(flipped))
    after = calibration.at_slope_one(points, other)
    assert after[7] == before[7] and after[8] != before[8]
    levels = [estimates.logit(p) - value / 10 for p, value in zip(before, points, strict=True)]
    assert len({round(level, 9) for level in levels}) == calibration.FOLDS


@pytest.mark.parametrize(
    ("area", "slope", "cases", "found"),
    [
        (Interval(0.49, 0.40, 0.58), None, 100, ("reversed",)),
        (Interval(0.60, 0.56, 0.64), Interval(0.0, -0.1, 0.1), 200, ("slope",)),
        (Interval(0.52, 0.48, 0.56), Interval(0.2, 0.1, 0.3), 400, ("tripwire",)),
        (Interval(0.60, 0.56, 0.64), Interval(0.2, 0.1, 0.3), 400, ()),
    ],
)
def test_what_forbids_that_a_score_orders_anything(area, slope, cases, found):
    assert calibration.alarms(area, slope, cases) == found


def test_new_items_are_never_compared_with_a_score_turned_round():
    points, known = simulated(800, slope=-0.9)
    gain = calibration.accept([[0.0]] * 800, known, points, range(800))
    assert gain.value == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    "name",
    [
        "age",
        "Age_group",
        "sexCode",
        "Køn",
        "alder (år)",
        "origin2",
        "birth_country",
        "postnr",
        "func1",
    ],
)
def test_a_column_named_for_who_somebody_is_is_known(name):
    assert predictor_rules.is_trait(name)


@pytest.mark.parametrize(
    "name", ["reprate", "logwage", "tenure", "wage", "manager", "ui", "branche"]
)
def test_other_columns_may_be_fitted(name):
    assert not predictor_rules.is_trait(name)
