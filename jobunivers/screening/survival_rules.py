"""Spells that have not ended are not thrown away: weights that make known outcomes stand for the
unknown ones; standard library only.

Inverse probability of censoring weights with a reverse Kaplan-Meier curve; at ties, events come
before censorings. With this
convention the weighted base rate equals the Kaplan-Meier estimate exactly (screening B.11).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spell:
    """One period out of work. `length` in weeks; `ended` False = still going on, or left for a
    reason that tells nothing (censored).
    """

    length: float
    ended: bool


@dataclass(frozen=True)
class Outcome:
    """Whether a spell lasted longer than the horizon, and how much this case counts; weight 0 = not
    known.
    """

    is_long: bool
    weight: float


def outcomes(spells: Sequence[Spell], horizon: float) -> list[Outcome]:
    """The outcome of each spell at the horizon (weeks): long = lasts longer. Cases censored before
    it get weight 0.

    A spell censored exactly at the horizon is known to be long: an event at that time would have
    come before the censoring.
    """
    still_followed = censoring_curve(spells)
    found = []
    for spell in spells:
        if spell.length > horizon or (spell.length == horizon and not spell.ended):
            found.append(Outcome(True, 1 / _value_before(still_followed, horizon)))
        elif spell.ended:
            found.append(Outcome(False, 1 / _value_before(still_followed, spell.length)))
        else:
            found.append(Outcome(False, 0.0))
    return found


def censoring_curve(spells: Sequence[Spell]) -> list[tuple[float, float]]:
    """(time, share still followed just after it) at each time of a censoring: Kaplan-Meier with the
    roles exchanged.
    """
    censored = Counter(spell.length for spell in spells if not spell.ended)
    ended = Counter(spell.length for spell in spells if spell.ended)
    at_risk, share, curve = len(spells), 1.0, []
    for time in sorted(censored | ended):
        at_risk -= ended[time]  # events first: they can no longer be censored
        if censored[time]:
            share *= 1 - censored[time] / at_risk
            curve.append((time, share))
        at_risk -= censored[time]
    return curve


def share_still_out_of_work(spells: Sequence[Spell], horizon: float) -> float:
    """The Kaplan-Meier estimate: the share whose spell lasts longer than the horizon."""
    censored = Counter(spell.length for spell in spells if not spell.ended)
    ended = Counter(spell.length for spell in spells if spell.ended)
    at_risk, share = len(spells), 1.0
    for time in sorted(censored | ended):
        if time > horizon:
            break
        share *= 1 - ended[time] / at_risk
        at_risk -= ended[time] + censored[time]
    return share


def base_rate(known: Sequence[Outcome]) -> float:
    """The weighted share of long spells. Raises ValueError when no outcome is known."""
    total = sum(case.weight for case in known)
    if total == 0:
        raise ValueError("no outcome is known at this horizon")
    return sum(case.weight for case in known if case.is_long) / total


def naive_rate(known: Sequence[Outcome]) -> float:
    """What one gets by throwing unfinished spells away; shown only beside the right figure, as a
    warning.
    """
    kept = [case.is_long for case in known if case.weight]
    return sum(kept) / len(kept) if kept else 0.0


def _value_before(curve: Sequence[tuple[float, float]], time: float) -> float:
    return next((share for moment, share in reversed(curve) if moment < time), 1.0)
