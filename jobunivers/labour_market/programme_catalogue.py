"""Programmes and upskilling schemes of the profile: which hold today, for whom, and in which order
they are shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from jobunivers.shared.profile import Programme
from jobunivers.shared.profile_types import ProgrammeGroup as Group
from jobunivers.shared.profile_types import Whom


@dataclass(frozen=True)
class Shelf:
    """A group with its name and the programmes to show."""

    group: Group
    name: str
    programmes: list[Programme]


def in_force(programmes: Iterable[Programme], today: date) -> list[Programme]:
    """Those that hold on that day, the last day included."""
    return [
        each
        for each in programmes
        if each.valid_from <= today and (each.valid_to is None or today <= each.valid_to)
    ]


def fitting(programmes: Iterable[Programme], whom: Whom) -> list[Programme]:
    """Those that somebody of that group can use; those made for the group come first."""
    return sorted(
        (each for each in programmes if {whom, Whom.EVERYBODY} & set(each.whom)),
        key=lambda each: whom not in each.whom,
    )


def find(programmes: Iterable[Programme], code: str, today: date) -> Programme | None:
    """The programme of that code if it holds today."""
    return next((each for each in in_force(programmes, today) if each.code == code), None)


def may_be_asked_about(programme: Programme) -> bool:
    """False for health: a point on an agenda would write down something about somebody's health."""
    return programme.group is not Group.HEALTH


def shelves(programmes: Iterable[Programme], whom: Whom) -> list[Shelf]:
    """The groups in their order, without empty ones; those that hold something made for `whom` come
    first.
    """
    members = list(programmes)
    found = [
        Shelf(group, name, [each for each in members if each.group == group])
        for group, name in group_names().items()
    ]
    return sorted(
        (shelf for shelf in found if shelf.programmes),
        key=lambda shelf: not any(whom in each.whom for each in shelf.programmes),
    )


def group_names() -> dict[Group, str]:
    """The groups as headings."""
    return {
        Group.EDUCATION: _("Courses and education"),
        Group.WORKPLACE: _("At a workplace"),
        Group.HEALTH: _("Health and support"),
        Group.GRADUATES: _("For graduates"),
        Group.LOCAL: _("More in your municipality"),
    }


def whom_names() -> dict[Whom, str]:
    """For whom, in words."""
    return {
        Whom.EVERYBODY: _("Everybody out of work"),
        Whom.GRADUATES: _("Graduates"),
        Whom.NEWCOMERS: _("People who are new in Denmark"),
        Whom.HEALTH: _("People with an illness or an impairment"),
    }


def whom_in_words(programme: Programme) -> str:
    """For whom it is, as a list."""
    names = whom_names()
    return ", ".join(names[each] for each in programme.whom)


def ended(programmes: Iterable[Programme], today: date) -> Iterator[str]:
    """Programmes whose last day has passed: a warning, since a date alone breaks nothing."""
    for each in programmes:
        if each.valid_to and each.valid_to < today:
            yield (
                f"programme {each.code}: it ended on {each.valid_to} and is no longer shown; "
                "take it out, or give it a new last day"
            )
