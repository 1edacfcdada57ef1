"""Concrete jobs for a talk: a caseworker lays up to three of the open jobs on the table, the
citizen sees them before and after.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking.models import Appointment, MeetingJob
from jobunivers.extensions import db
from jobunivers.labour_market import queries as labour_market
from jobunivers.labour_market import rules as labour_rules
from jobunivers.labour_market.models import Vacancy
from jobunivers.labour_market.types import Wanted
from jobunivers.shared.errors import Conflict

MOST, SHOWN = 3, 30


@dataclass(frozen=True)
class JobLine:
    """A job of a meeting; `is_open` says whether one can still apply."""

    id: UUID
    title: str
    workplace: str
    place: str
    apply_by: date
    is_open: bool


def list_jobs(meeting_id: UUID, today: date) -> list[JobLine]:
    """The jobs of a meeting in the order in which they were chosen."""
    query = (
        sa.select(Vacancy)
        .join(MeetingJob, MeetingJob.vacancy_id == Vacancy.id)
        .where(MeetingJob.appointment_id == meeting_id)
    )
    found = db.session.scalars(query.order_by(MeetingJob.created_at, MeetingJob.id))
    return [_line(vacancy, today) for vacancy in found]


def list_to_choose(words: str, today: date) -> list[JobLine]:
    """Open jobs that fit everyday words, the first deadline first; at most thirty."""
    found = labour_market.list_vacancies(
        Wanted(labour_rules.wanted_words(words)), today=today, limit=SHOWN
    )
    return [_line(vacancy, today) for vacancy in found[:SHOWN]]


def add_job(meeting_id: UUID, vacancy_id: UUID, *, by_user_id: UUID, today: date) -> None:
    """One job more; the same twice is one. Raises NotFound for a job that is over, Conflict when
    there are three.
    """
    db.session.get_one(Appointment, meeting_id, with_for_update=True)
    labour_market.get_open_vacancy(vacancy_id, today)
    chosen = [job.id for job in list_jobs(meeting_id, today)]
    if vacancy_id in chosen:
        return
    if len(chosen) >= MOST:
        raise Conflict
    db.session.add(
        MeetingJob(appointment_id=meeting_id, vacancy_id=vacancy_id, by_user_id=by_user_id)
    )
    db.session.flush()


def remove_job(meeting_id: UUID, vacancy_id: UUID) -> None:
    """Off the table again; a second tap changes nothing."""
    db.session.execute(
        sa.delete(MeetingJob).where(
            MeetingJob.appointment_id == meeting_id, MeetingJob.vacancy_id == vacancy_id
        )
    )


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """The jobs that were chosen for her meetings."""
    query = sa.select(Vacancy.title, Vacancy.workplace, MeetingJob.created_at).join(
        MeetingJob, MeetingJob.vacancy_id == Vacancy.id
    )
    rows = db.session.execute(
        query.join(Appointment)
        .where(Appointment.citizen_id == citizen_id)
        .order_by(MeetingJob.created_at, MeetingJob.id)
    )
    jobs = [
        {"job_title": title, "employer": workplace, "at": at.isoformat()}
        for title, workplace, at in rows
    ]
    return {"for_talks": jobs} if jobs else {}


def _line(vacancy: Vacancy, today: date) -> JobLine:
    is_open = vacancy.withdrawn_at is None and vacancy.apply_by >= today
    return JobLine(
        vacancy.id, vacancy.title, vacancy.workplace, vacancy.place, vacancy.apply_by, is_open
    )
