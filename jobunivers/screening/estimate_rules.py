"""Figures about predictions: area under the curve, Brier score, Wilson and bootstrap intervals,
logistic fits; standard library only.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Z = 1.959963984540054  # 95 percent
Matrix = Sequence[Sequence[float]]


def sigmoid(value: float) -> float:
    """The share that a log-odds value means."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def logit(share: float) -> float:
    """The log-odds of a share, kept off 0 and 1."""
    kept = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 percent interval."""

    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def wilson(successes: float, cases: float) -> Interval:
    """A share with Wilson's interval; `cases` may be an effective number (weighted data)."""
    if cases <= 0:
        return Interval(math.nan, 0.0, 1.0)
    share = successes / cases
    middle = (share + Z**2 / (2 * cases)) / (1 + Z**2 / cases)
    half = Z / (1 + Z**2 / cases) * math.sqrt(share * (1 - share) / cases + Z**2 / (4 * cases**2))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def weighted_share(flags: Sequence[bool], weights: Sequence[float]) -> Interval:
    """The weighted share of True with Wilson's interval at Kish's effective number of cases."""
    total = sum(weights)
    if total == 0:
        return Interval(math.nan, 0.0, 1.0)
    effective = total**2 / sum(weight**2 for weight in weights)
    share = sum(weight for flag, weight in zip(flags, weights, strict=True) if flag) / total
    return wilson(share * effective, effective)


def auc(scores: Sequence[float], long: Sequence[bool], weights: Sequence[float]) -> float:
    """The weighted chance that a long spell has the higher score, ties half. NaN when one kind is
    missing.
    """
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    below, won, longs, shorts, place = 0.0, 0.0, 0.0, 0.0, 0
    while place < len(order):
        tied = [order[place]]
        while (
            place + len(tied) < len(order) and scores[order[place + len(tied)]] == scores[tied[0]]
        ):
            tied.append(order[place + len(tied)])
        tied_long = sum(weights[i] for i in tied if long[i])
        tied_short = sum(weights[i] for i in tied if not long[i])
        won += tied_long * (below + tied_short / 2)
        below, longs, shorts = below + tied_short, longs + tied_long, shorts + tied_short
        place += len(tied)
    return won / (longs * shorts) if longs and shorts else math.nan


def brier(predicted: Sequence[float], long: Sequence[bool], weights: Sequence[float]) -> float:
    """The weighted mean squared distance between prediction and outcome."""
    return sum(w * (p - y) ** 2 for p, y, w in zip(predicted, long, weights, strict=True)) / sum(
        weights
    )


def bootstrap(
    figure: Callable[[Sequence[int]], float], cases: int, *, rounds: int = 300, seed: int = 1
) -> Interval:
    """A figure of row numbers with its percentile interval; rounds in which it does not exist are
    left out.
    """
    rng = Random(seed)
    values = sorted(
        value
        for _ in range(rounds)
        if not math.isnan(value := figure([rng.randrange(cases) for _ in range(cases)]))
    )
    if not values:
        return Interval(figure(range(cases)), math.nan, math.nan)
    return Interval(
        figure(range(cases)),
        values[int(0.025 * len(values))],
        values[min(len(values) - 1, int(0.975 * len(values)))],
    )


@dataclass(frozen=True)
class Fit:
    """Coefficients of a logistic fit and their standard errors (sandwich)."""

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]


def fit_logistic(
    rows: Matrix,
    outcome: Sequence[float],
    weights: Sequence[float],
    *,
    penalties: Sequence[float],
    centres: Sequence[float] | None = None,
    offset: Sequence[float] | None = None,
) -> Fit:
    """Newton's method for weighted logistic regression; each coefficient is drawn to its centre
    with its penalty (half the squared distance).

    Outcomes may be shares (pseudo-cases). Steps are halved until the objective does not fall.
    """
    size = len(penalties)
    centre = list(centres or [0.0] * size)
    start = list(offset or [0.0] * len(rows))
    beta = list(centre)
    value = _objective(rows, outcome, weights, penalties, centre, start, beta)
    for _round in range(100):
        gradient, hessian = _derivatives(rows, outcome, weights, penalties, centre, start, beta)
        step, scale = solve(hessian, gradient), 1.0
        while scale > 1e-6:
            trial = [b + scale * s for b, s in zip(beta, step, strict=True)]
            new = _objective(rows, outcome, weights, penalties, centre, start, trial)
            if new >= value - 1e-12:
                break
            scale /= 2
        beta, value = trial, new
        if max(abs(s) for s in step) * scale < 1e-9:
            break
    return Fit(tuple(beta), _errors(rows, outcome, weights, penalties, centre, start, beta))


def _linear(row: Sequence[float], beta: Sequence[float], start: float) -> float:
    return start + sum(x * b for x, b in zip(row, beta, strict=True))


def _objective(
    rows: Matrix,
    outcome: Sequence[float],
    weights: Sequence[float],
    penalties: Sequence[float],
    centre: Sequence[float],
    start: Sequence[float],
    beta: Sequence[float],
) -> float:
    total = -sum(p * (b - c) ** 2 / 2 for p, b, c in zip(penalties, beta, centre, strict=True))
    for row, y, w, o in zip(rows, outcome, weights, start, strict=True):
        if w:
            eta = _linear(row, beta, o)
            total += w * (
                y * eta
                - (eta + math.log1p(math.exp(-eta)) if eta > 0 else math.log1p(math.exp(eta)))
            )
    return total


def _derivatives(
    rows: Matrix,
    outcome: Sequence[float],
    weights: Sequence[float],
    penalties: Sequence[float],
    centre: Sequence[float],
    start: Sequence[float],
    beta: Sequence[float],
) -> tuple[list[float], list[list[float]]]:
    size = len(beta)
    gradient = [-p * (b - c) for p, b, c in zip(penalties, beta, centre, strict=True)]
    hessian = [[penalties[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row, y, w, o in zip(rows, outcome, weights, start, strict=True):
        if not w:
            continue
        p = sigmoid(_linear(row, beta, o))
        residual, curve = w * (y - p), max(w * p * (1 - p), 1e-12)
        for i, x in enumerate(row):
            if x:
                gradient[i] += residual * x
                line, cx = hessian[i], curve * x
                for j in range(i + 1):
                    line[j] += cx * row[j]
    for i in range(size):
        for j in range(i + 1, size):
            hessian[i][j] = hessian[j][i]
    return gradient, hessian


def _errors(
    rows: Matrix,
    outcome: Sequence[float],
    weights: Sequence[float],
    penalties: Sequence[float],
    centre: Sequence[float],
    start: Sequence[float],
    beta: Sequence[float],
) -> tuple[float, ...]:
    """Standard errors that hold with weights: bread, meat, bread."""
    size = len(beta)
    _gradient, hessian = _derivatives(rows, outcome, weights, penalties, centre, start, beta)
    inverse = [solve(hessian, [1.0 if i == j else 0.0 for j in range(size)]) for i in range(size)]
    meat = [[0.0] * size for _ in range(size)]
    for row, y, w, o in zip(rows, outcome, weights, start, strict=True):
        if w:
            squared = (w * (y - sigmoid(_linear(row, beta, o)))) ** 2
            for i in range(size):
                for j in range(size):
                    meat[i][j] += squared * row[i] * row[j]
    half = [
        [sum(inverse[i][k] * meat[k][j] for k in range(size)) for j in range(size)]
        for i in range(size)
    ]
    return tuple(
        math.sqrt(max(0.0, sum(half[i][k] * inverse[k][i] for k in range(size))))
        for i in range(size)
    )


def solve(matrix: Matrix, right: Sequence[float]) -> list[float]:
    """The solution of a linear system by elimination with pivots; a column that says nothing gets
    0.
    """
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(rows[i][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        if abs(rows[column][column]) < 1e-12:
            rows[column][column] = 1.0
            rows[column][size] = 0.0
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            if factor:
                for j in range(column, size + 1):
                    rows[below][j] -= factor * rows[column][j]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[
            i
        ][i]
    return found
