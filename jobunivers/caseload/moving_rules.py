"""Who gets whom when many citizens are given another caseworker."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

MAY_UNDO = timedelta(days=1)


def spread(citizen_ids: Sequence[UUID], loads: Mapping[UUID, int]) -> dict[UUID, UUID]:
    """One after the other to whoever has the fewest at that moment; the first in the order given when
    several have. With nobody to give them to, nobody is given.
    """
    load = dict(loads)
    given: dict[UUID, UUID] = {}
    for citizen_id in citizen_ids if load else ():
        given[citizen_id] = min(load, key=lambda user_id: load[user_id])
        load[given[citizen_id]] += 1
    return given
