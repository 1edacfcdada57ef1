"""How an exercise rewrites its own lines and nobody else's. Pure."""

from collections.abc import Sequence
from typing import Any, TypeVar

from jobunivers.planner.types import Row

Line = TypeVar("Line", bound=Any)


def match(lines: Sequence[Line], rows: Sequence[Row]) -> list[tuple[Line | None, Row]]:
    """Each row with the line that already says it in the same words, or None. Each line is used
    once.
    """
    left = list(lines)
    matched: list[tuple[Line | None, Row]] = []
    for row in rows:
        line = next((line for line in left if line.what == row.what), None)
        if line is not None:
            left.remove(line)
        matched.append((line, row))
    return matched


def insert_where_they_were(
    lines: Sequence[Line], own: Sequence[Line], fresh: Sequence[Line]
) -> list[Line]:
    """All lines of a list with `own` replaced by `fresh`, at the place of the first of them; new
    ones at the end.
    """
    if not own:
        return [*lines, *fresh]
    place = next(index for index, line in enumerate(lines) if line in own)
    others = [line for line in lines if line not in own]
    return [*others[:place], *fresh, *others[place:]]
