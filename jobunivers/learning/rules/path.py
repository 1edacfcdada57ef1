"""A course that one composes oneself: order, and which modules to suggest with which reason."""

from collections.abc import Collection, Sequence

from jobunivers.learning.types import Order, Situation

AT_MOST = 3


def moved(modules: Sequence[str], module: str, step: int) -> list[str]:
    """The order with one module a place up (-1) or down (1)."""
    order = list(modules)
    if module not in order:
        return order
    place = order.index(module)
    target = min(max(place + step, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    return order


def suggest(
    order: Order, *, known: Collection[str], finished: Collection[str], locale: str
) -> list[tuple[str, str, str]]:
    """(module, reason code, module that the reason names), at most three, from what one has done
    and reads.

    `known` are modules on the course, turned down, begun, or not for her: none of them is
    suggested.
    """
    found: list[tuple[str, str, str]] = []
    if not finished:
        found.append((order.new, "new", ""))
    found += [
        (after, "finished", module)
        for module, following in order.following.items()
        if module in finished
        for after in following
    ]
    if locale != "da":
        found += [(module, "language", "") for module in order.from_abroad]
    if not finished:
        found.append((order.needed, "needed", ""))
    taken: set[str] = set(known) | set(finished)
    chosen = []
    for row in found:
        if row[0] not in taken:
            taken.add(row[0])
            chosen.append(row)
    return chosen[:AT_MOST]


def by_situation(ticked: Sequence[Situation]) -> list[tuple[str, Situation]]:
    """(module, the situation that names it): the first of each situation, then the second of each,
    so that none is drowned by another.
    """
    longest = max((len(situation.modules) for situation in ticked), default=0)
    return [
        (list(one.modules)[place], one)
        for place in range(longest)
        for one in ticked
        if place < len(one.modules)
    ]


def left_out(ticked: Sequence[Situation]) -> frozenset[str]:
    """Modules that are not for somebody in these situations, whoever suggests them."""
    return frozenset(module for situation in ticked for module in situation.leaves_out)
