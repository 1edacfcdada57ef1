"""Who does the work of somebody who is away."""

from collections.abc import Mapping, Sequence
from uuid import UUID


def stand_ins(
    away: Mapping[UUID, UUID | None], here: Mapping[UUID, Sequence[UUID]]
) -> dict[UUID, UUID]:
    """Who stands in for whom. `away`: everybody who is away, with her substitute; `here`: for each
    of them the colleagues of her teams who are at work, besides everybody else who is.

    A substitute who is away herself has one of her own; a chain that leads to nobody, or in a
    circle, ends at the first colleague who is here. Nobody at all: the work stays where it is.
    """
    found: dict[UUID, UUID] = {}
    for user_id in away:
        seen, current = {user_id}, away[user_id]
        while current is not None and current in away and current not in seen:
            seen.add(current)
            current = away[current]
        if current is None or current in away or current not in here:
            current = next(iter(here.get(user_id, ())), None)
        if current is not None:
            found[user_id] = current
    return found
