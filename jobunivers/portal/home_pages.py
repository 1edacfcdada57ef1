"""What is next for me: the citizen's, visitor's or draft's own things in the order in which they
matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.booking import queries as booking
from jobunivers.booking.notices import form_words
from jobunivers.booking.types import MeetingLine
from jobunivers.booking.words import host
from jobunivers.contact import queries as contact
from jobunivers.contact.notices import kind_name
from jobunivers.contact.types import OpenNeed
from jobunivers.identity.types import Viewer
from jobunivers.learning import queries as learning
from jobunivers.learning.types import Continuation
from jobunivers.screening import flag_queries
from jobunivers.screening import queries as screening
from jobunivers.screening.types import ToAnswer
from jobunivers.shared import clock, i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.web import path_to


@dataclass(frozen=True)
class Step:
    """One thing to do or know. `kind` is its mark in the page; `why` says what it rests on."""

    kind: str
    title: str
    text: str
    href: str
    action: str
    why: str = ""
    more_href: str = ""
    more_action: str = ""


def steps_for(person: Viewer | None, owner_id: UUID | None, now: datetime) -> list[Step]:
    """The steps of the page, the most important first. A draft without a name has only what belongs
    to its owner.
    """
    steps: list[Step] = []
    to_answer = None
    if person is not None and person.citizen_id is not None:
        steps += _of_case(person.citizen_id, now)
        to_answer = screening.find_screening_to_answer(person.citizen_id)
    if owner_id is not None and (begun := learning.find_continue(owner_id)):
        steps.append(_lesson(begun))
    if to_answer:
        steps.append(_questionnaire(to_answer))
    return steps


def _of_case(citizen_id: UUID, now: datetime) -> Iterator[Step]:
    """Decisions, invitations, the next meeting."""
    new = [decision for decision in flag_queries.list_decisions_for(citizen_id) if decision.is_new]
    for decision in new[:1]:
        yield Step(
            kind="decision",
            title=ngettext(
                "There is an answer for you", "There are %(num)s answers for you", len(new)
            ),
            text=_(
                "A caseworker has read what you told us and has written to you. You can write back."
            ),
            href=path_to("screening.show_decision", review_id=decision.review_id),
            action=_("Read the answer"),
        )
    for need in contact.list_open_needs(citizen_id, clock.danish_day(now)):
        yield _invitation(need)
    if meeting := booking.find_next_appointment(citizen_id, now):
        yield _meeting(meeting)


def _lesson(begun: Continuation) -> Step:
    code = i18n.choose_locale()
    title = begun.title(code)
    return Step(
        kind="lesson",
        title=_("Continue: %(lesson)s", lesson=title),
        text=ngettext(
            "%(module)s, %(num)s minute.",
            "%(module)s, %(num)s minutes.",
            begun.lesson.text(code).minutes,
            module=begun.module_title(code),
        ),
        href=path_to("learning.show_lesson", module=begun.module.slug, lesson=begun.lesson.slug),
        action=_("Go on with the lesson"),
    )


def _questionnaire(waiting: ToAnswer) -> Step:
    if waiting.begun:
        title, action = _("Go on with the questions about help"), _("Go on with the questions")
        text = _(
            "You have answered %(done)s of %(total)s. You can skip any of them.",
            done=waiting.done,
            total=waiting.total,
        )
    elif waiting.is_again:
        title, action = _("Has anything changed since last time?"), _("See what you told us")
        text = _(
            "If nothing has changed, one tap is enough. It is voluntary, and a person reads your answers."
        )
    else:
        title, action = _("Would you like more help?"), _("See the questions")
        text = ngettext(
            "Some short questions, about %(num)s minute. It is voluntary, and a person reads your answers.",
            "Some short questions, about %(num)s minutes. It is voluntary, and a person reads your answers.",
            waiting.minutes,
        )
    return Step(
        kind="screening",
        title=title,
        text=text,
        href=path_to("screening.show_start"),
        action=action,
    )


def _invitation(need: OpenNeed) -> Step:
    if need.is_called:
        text = _(
            "You need not do anything. One of us calls you, and we find a time together. "
            "You can also choose one here, if you like."
        )
    elif need.deadline_on:
        text = _(
            "You choose the time yourself. Please book by %(day)s. If no time fits, tell "
            "us, and we find one.",
            day=i18n.day(need.deadline_on),
        )
    else:
        text = _("You choose the time yourself. If no time fits, tell us, and we find one.")
    return Step(
        kind="need",
        title=_("Choose a time: %(meeting)s", meeting=kind_name(need.kind, i18n.choose_locale())),
        text=text,
        href=path_to("booking.book", need=need.id),
        action=_("Find a time"),
        why=_purpose(need.kind),
    )


def _meeting(meeting: MeetingLine) -> Step:
    name = kind_name(meeting.kind, i18n.choose_locale())
    when = _(
        "%(day)s at %(time)s",
        day=i18n.day(meeting.starts_at),
        time=i18n.time_of_day(meeting.starts_at),
    )
    return Step(
        kind="meeting",
        title=_("Your next meeting: %(when)s", when=when),
        text=_(
            "%(meeting)s. %(form)s, with %(name)s.",
            meeting=name,
            form=form_words(meeting.form.value),
            name=host(meeting),
        ),
        href=path_to("booking.show_meeting", meeting_id=meeting.id),
        action=_("Prepare for the meeting")
        if not meeting.points
        else _("See the meeting and your points"),
    )


def _purpose(kind: str) -> str:
    """What a meeting of this kind is for; empty for a kind the profile no longer has."""
    profile = current_profile()
    found = next((known for known in profile.meeting_kinds if known.code == kind), None)
    return profile.text(found.purpose, i18n.choose_locale()) if found else ""


def greeting(now_local_hour: int) -> str:
    """By the Danish clock."""
    if 5 <= now_local_hour < 10:
        return str(_("Good morning"))
    is_dark = now_local_hour >= 18 or now_local_hour < 5
    return str(_("Good evening") if is_dark else _("Good day"))
