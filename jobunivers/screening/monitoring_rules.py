"""How predictions and offers fared: reliability, and per group who was missed; small cells say "too
few" (screening B.8, E.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jobunivers.screening import estimate_rules as estimates
from jobunivers.screening.calibration_rules import Known
from jobunivers.screening.estimate_rules import Interval

LEAST_OF_EACH = 20  # long and not long
LEAST_FOR_FLAGS = 50
WORTH_ACTING_ON = 0.10  # a difference between groups smaller than this moves nobody


@dataclass(frozen=True)
class Bin:
    """People with similar predictions: what was predicted on average, what came."""

    cases: int
    predicted: float
    observed: Interval


@dataclass(frozen=True)
class GroupLine:
    """One value of a trait. None = too few to say."""

    group: str
    value: str
    cases: int
    long: int
    predicted: float | None
    observed: Interval | None
    flag_rate: Interval | None
    sensitivity: Interval | None
    false_flags: Interval | None
    hit_rate: Interval | None

    @property
    def is_too_wide(self) -> bool:
        """True when the interval is wider than any difference worth acting on."""
        return self.sensitivity is not None and self.sensitivity.width > 2 * WORTH_ACTING_ON


def reliability(predicted: Sequence[float], known: Known) -> list[Bin]:
    """Five bins of equal size below 500 known outcomes, ten above, with Wilson intervals."""
    cases = sorted(
        (i for i, case in enumerate(known.outcomes) if case.weight), key=lambda i: predicted[i]
    )
    bins = 5 if len(cases) < 500 else 10
    edges = [len(cases) * number // bins for number in range(bins + 1)]
    found = []
    for low, high in zip(edges, edges[1:], strict=False):
        part = cases[low:high]
        if part:
            weights = [known.outcomes[i].weight for i in part]
            mean = sum(predicted[i] * w for i, w in zip(part, weights, strict=True)) / sum(weights)
            found.append(
                Bin(
                    len(part),
                    mean,
                    estimates.weighted_share([known.outcomes[i].is_long for i in part], weights),
                )
            )
    return found


def by_group(
    name: str,
    values: Sequence[str],
    known: Known,
    predicted: Sequence[float] | None,
    flagged: Sequence[bool] | None,
) -> list[GroupLine]:
    """A line for each value of a trait, by name."""
    return [
        _line(
            name,
            value,
            [i for i, given in enumerate(values) if given == value],
            known,
            predicted,
            flagged,
        )
        for value in sorted(set(values))
    ]


def _line(
    name: str,
    value: str,
    members: Sequence[int],
    known: Known,
    predicted: Sequence[float] | None,
    flagged: Sequence[bool] | None,
) -> GroupLine:
    cases = [i for i in members if known.outcomes[i].weight]
    long = [i for i in cases if known.outcomes[i].is_long]
    enough = len(long) >= LEAST_OF_EACH and len(cases) - len(long) >= LEAST_OF_EACH

    def share(chosen: Sequence[int], what: Sequence[bool]) -> Interval | None:
        return (
            estimates.weighted_share(
                [what[i] for i in chosen], [known.outcomes[i].weight for i in chosen]
            )
            if enough and chosen
            else None
        )

    is_long = [case.is_long for case in known.outcomes]
    weights = [known.outcomes[i].weight for i in cases]
    mean = (
        sum(predicted[i] * w for i, w in zip(cases, weights, strict=True)) / sum(weights)
        if enough and predicted
        else None
    )
    rate = (
        estimates.wilson(sum(flagged[i] for i in members), len(members))
        if flagged and len(members) >= LEAST_FOR_FLAGS
        else None
    )
    return GroupLine(
        group=name,
        value=value or "(empty)",
        cases=len(cases),
        long=len(long),
        predicted=mean,
        observed=share(cases, is_long),
        flag_rate=rate,
        sensitivity=share(long, flagged) if flagged else None,
        false_flags=share([i for i in cases if not is_long[i]], flagged) if flagged else None,
        hit_rate=share([i for i in cases if flagged[i]], is_long) if flagged else None,
    )


def sensitivity_gap(lines: Sequence[GroupLine]) -> float | None:
    """The largest difference in the share of later long spells that got the offer: the primary
    measure. None when too few.
    """
    values = [line.sensitivity.value for line in lines if line.sensitivity]
    return max(values) - min(values) if len(values) > 1 else None
