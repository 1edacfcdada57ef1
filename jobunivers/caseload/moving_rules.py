"""Who gets whom when many citizens are given another caseworker."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

MAY_UNDO = timedelta(days=1)


def spread(
    citizen_ids: Sequence[UUID],
    loads: Mapping[UUID, int],
    of_team: Mapping[UUID, Collection[UUID]],
) -> dict[UUID, UUID]:
    """One after the other to whoever of the citizen's own team (`of_team`) has the fewest at that
    moment, the first in the order given when several have; to anybody when none of her team is there.
    With nobody to give them to, nobody is given.
    """
    load = dict(loads)
    given: dict[UUID, UUID] = {}
    for citizen_id in citizen_ids if load else ():
        near = [user_id for user_id in load if user_id in of_team.get(citizen_id, ())]
        given[citizen_id] = min(near or load, key=lambda user_id: load[user_id])
        load[given[citizen_id]] += 1
    return given
