"""A course that one composes oneself: order, and which modules to suggest with which reason."""

from collections.abc import Collection, Sequence

# After a module, the one that people usually need next. Codes of reasons are worded in `suggestions.py`.
FOLLOWS = (
    ("first-steps", "what-i-can"),
    ("what-i-can", "cv"),
    ("job-goals", "search-strategy"),
    ("cv", "application"),
    ("application", "interview"),
    ("search-strategy", "network"),
    ("interview", "first-hundred-days"),
)
FROM_ABROAD = ("foreign-education", "danish-workplaces")
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


def suggest(*, known: Collection[str], finished: Collection[str], locale: str) -> list[tuple[str, str, str]]:
    """(module, reason code, module that the reason names), at most three, from what one has done and reads.

    `known` are modules on the course, turned down or gone: none of them is suggested.
    """
    found: list[tuple[str, str, str]] = []
    if not finished and "first-steps" not in known:
        found.append(("first-steps", "new", ""))
    found += [(following, "finished", module) for module, following in FOLLOWS if module in finished]
    if locale != "da":
        found += [(module, "language", "") for module in FROM_ABROAD]
    if not finished:
        found.append(("cv", "needed", ""))
    taken: set[str] = set(known) | set(finished)
    chosen = []
    for row in found:
        if row[0] not in taken:
            taken.add(row[0])
            chosen.append(row)
    return chosen[:AT_MOST]
