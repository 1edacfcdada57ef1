"""The short survey after a meeting: asked once, counted without a name, and then forgotten
(docs/booking.md, "After the meeting").
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from jobunivers.booking import queries, rules
from jobunivers.booking.models import Appointment, SurveyCount, SurveyLine
from jobunivers.caseload import queries as caseload
from jobunivers.extensions import db
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import rules as sending
from jobunivers.messages import services as messages
from jobunivers.messages.types import Channel, Recipient
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import insert_of
from jobunivers.shared.errors import Conflict

ASKED = "appointment.survey"


def ask(meeting: Appointment, *, now: datetime) -> None:
    """How was it? One notice for a meeting that was held lately; a meeting is never asked about
    twice.
    """
    lately = timedelta(days=current_profile().survey.ask_within_days)
    if meeting.survey_open is not None or now - meeting.ends_at > lately:
        return
    meeting.survey_open = True
    recipient = _without_paper(caseload.recipient_of(meeting.citizen_id))
    messages.notify(
        recipient,
        ASKED,
        {"appointment_id": str(meeting.id)},
        now=now,
        key=_key(meeting.id),
        subject_key=_key(meeting.id),
    )


def withdraw(meeting: Appointment) -> None:
    """It was not held after all: no question about it."""
    if meeting.survey_open:
        meeting.survey_open = False
        outbox.cancel_about(_key(meeting.id))


def answer(appointment_id: UUID, answers: Mapping[str, str], line: str, *, now: datetime) -> None:
    """Counts the answers (question -> answer, codes of the profile) and closes the survey. Raises
    Conflict when it is closed.

    What is stored names neither her nor the meeting, carries no moment, and is the same whoever
    answered.
    """
    meeting = _close(appointment_id, now)
    team = str(caseload.get_citizen(meeting.citizen_id).team_id or "")
    cell = {
        "team": team,
        "kind": _kind_to_count(meeting.kind),
        "form": meeting.form,
        "month": month_of(clock.danish_day(now)),
    }
    count_answers(cell, answers.items())
    if line:
        db.session.add(SurveyLine(team=team, month=cell["month"], text=line))
        db.session.flush()


def decline(appointment_id: UUID, *, now: datetime) -> None:
    """She would rather not say; nothing is counted. Raises Conflict when the survey is closed."""
    _close(appointment_id, now)


def _close(appointment_id: UUID, now: datetime) -> Appointment:
    meeting = queries.get_appointment_to_change(appointment_id)
    if not rules.survey_is_open(
        meeting.survey_open, meeting.ends_at, now, current_profile().survey.open_days
    ):
        raise Conflict
    meeting.survey_open = False
    db.session.flush()
    return meeting


def count_answers(
    cell: Mapping[str, object], answers: Iterable[tuple[str, str]], times: int = 1
) -> None:
    """Adds to the counts of a team, kind, form and month. In order of the question, so that two
    people wait instead of locking each other.
    """
    for question, given in sorted(answers):
        insert = insert_of(db.session.connection().dialect.name)(SurveyCount)
        statement = insert.values(id=uuid4(), question=question, answer=given, count=times, **cell)
        key = ("team", "kind", "form", "month", "question", "answer")
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=key, set_={"count": SurveyCount.count + times}
            )
        )


def forget(*, now: datetime) -> None:
    """Nightly: who let the days pass is no longer told from who answered; old lines go."""
    survey = current_profile().survey
    over = sa.update(Appointment).where(
        Appointment.survey_open.is_(True),
        Appointment.ends_at <= now - timedelta(days=survey.open_days),
    )
    db.session.execute(over.values(survey_open=False))
    oldest = rules.months_before(clock.danish_day(now), survey.lines_kept_months)[0]
    db.session.execute(sa.delete(SurveyLine).where(SurveyLine.month < oldest))


def month_of(day: date) -> str:
    """'2026-11'."""
    return f"{day:%Y-%m}"


def _key(appointment_id: UUID) -> str:
    return f"survey:{appointment_id}"


def _without_paper(recipient: Recipient) -> Recipient:
    """A letter with a link helps nobody: for people on paper the question stands on the page that a
    helper sees, and no letter goes out.
    """
    on_paper = sending.choose_channel(recipient) in (Channel.LETTER, Channel.CALL)
    return replace(recipient, channel=Channel.NONE) if on_paper else recipient


def _kind_to_count(code: str) -> str:
    """A kind that demands a right is held by few, and says something about the person: it is
    counted without its name.
    """
    try:
        return "" if current_profile().kind(code).requires_grant else code
    except KeyError:
        return ""
