"""The planner's lists, and a row as exercises pass it."""

from dataclasses import dataclass
from typing import Any

WEEK, CONTACTS, TASKS = LISTS = ("week", "contacts", "tasks")


@dataclass(frozen=True)
class Row:
    """One line of a plan or checklist. `done` is None when the exercise does not say."""

    what: str
    when: str = ""
    done: bool | None = None

    @classmethod
    def read(cls, value: Any) -> "Row":
        """From {what, when, done} with any of them missing, or from a plain text."""
        if isinstance(value, str):
            return cls(value)
        done = value.get("done")
        return cls(
            value.get("what") or "", value.get("when") or "", None if done is None else bool(done)
        )
