"""The three lists in the reader's language."""

from dataclasses import dataclass

from flask_babel import gettext as _

from jobunivers.planner.types import CONTACTS, TASKS, WEEK


@dataclass(frozen=True)
class ListWords:
    """A list's name, what it is for, the labels of its two fields, and its button. `ticks` says
    whether lines can be done.
    """

    code: str
    name: str
    hint: str
    what: str
    when: str
    add: str
    ticks: bool


def all_list_words() -> list[ListWords]:
    """The lists in the order of the page."""
    return [
        ListWords(
            TASKS,
            _("My to-do list"),
            _("Small steps, one at a time. Tick them off when they are done."),
            _("What"),
            _("When"),
            _("Add to the list"),
            True,
        ),
        ListWords(
            WEEK,
            _("My week"),
            _("A few fixed points make the days easier. Two or three are enough."),
            _("What"),
            _("When"),
            _("Add to my week"),
            False,
        ),
        ListWords(
            CONTACTS,
            _("People to contact"),
            _("Somebody you know, or a workplace. Tick when you have talked."),
            _("Who"),
            _("How and when"),
            _("Add a person"),
            True,
        ),
    ]


def list_words(code: str) -> ListWords:
    """The words of one list."""
    return next(words for words in all_list_words() if words.code == code)
