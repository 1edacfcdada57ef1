"""Demands and proofs side by side, as a form shows them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from jobunivers.applications.types import JOB, PAIRS, TEXTS, LetterContent

FEWEST_SHOWN = 3

MOST_LETTERS = 300


def pairs_shown(letter: LetterContent) -> int:
    """How many pairs of fields the form shows: at least three, else those that are filled."""
    return min(PAIRS, max(FEWEST_SHOWN, len(letter.demands), len(letter.proofs)))


def form_values(letter: LetterContent) -> dict[str, Any]:
    """The letter as its form edits it: `demand_0`, `proof_0`, ... and the questions for the call as
    lines.
    """
    values: dict[str, Any] = {name: getattr(letter, name) for name in (*JOB, *TEXTS)}
    for kind, lines in (("demand", letter.demands), ("proof", letter.proofs)):
        values |= {
            f"{kind}_{number}": lines[number] if number < len(lines) else ""
            for number in range(PAIRS)
        }
    return values | {"lines": list(letter.call)}


def letter_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The other way round: what is stored. Pairs stay beside each other; empty ones at the end fall
    away.
    """
    stored: dict[str, Any] = {name: values[name] for name in (*JOB, *TEXTS) if name in values}
    for kind in ("demand", "proof"):
        stored[f"{kind}s"] = without_empty_end(
            [values.get(f"{kind}_{number}") or "" for number in range(PAIRS)]
        )
    return stored | {"call": list(values.get("lines") or [])}


def without_empty_end(lines: Sequence[str]) -> list[str]:
    """The lines up to the last one with words."""
    kept = list(lines)
    while kept and not kept[-1]:
        kept.pop()
    return kept
