"""The caseworker's calendar, her windows and absences, and booking on a citizen's behalf."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.booking import (
    absence_pages,
    absence_services,
    diary_queries,
    diary_services,
    meeting_jobs,
    queries,
    rules,
    services,
    words,
)
from jobunivers.booking import changing_views as changes
from jobunivers.booking import request_views as requests
from jobunivers.booking import taking_views as taking
from jobunivers.booking.changing_views import Where
from jobunivers.booking.forms import AbsenceForm, OutcomeForm, VideoForm, WindowForm
from jobunivers.booking.taking_views import Pages
from jobunivers.booking.types import AppointmentStatus, MeetingLine
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload.gate_access import open_citizen, pass_gate, pass_with
from jobunivers.caseload.types import Purpose
from jobunivers.contact import queries as contact_queries
from jobunivers.contact import services as contact
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.forms import clean
from jobunivers.shared.once import once
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("booking_caseworker", __name__)
CALENDAR, WINDOWS, MEETING = (
    "booking/calendar.html",
    "booking/windows.html",
    "booking/staff_meeting.html",
)
WEEK = timedelta(days=7)


# --- the calendar
# ------------------------------------------------------------------------------


@bp.get("", strict_slashes=False)
@caseworker_required
def show_calendar() -> ResponseReturnValue:
    """One week as a list of days, each meeting with the citizen's own points; above it what still
    lacks an outcome.
    """
    me, now, today = the_viewer().user_id, clock.now(), clock.today()
    monday = words.monday_of(requests.parse_day(request.args.get("from")) or today)
    reading_for(Purpose.MEETING.value, "calendar.view")
    meetings = queries.list_meetings_of_staff(me, monday, monday + timedelta(days=6))
    open_ones = queries.list_without_outcome(me, now)
    closed = {
        row.on: row.label
        for row in contact_queries.list_closings(monday, monday + timedelta(days=6))
        if not row.location
    }
    parts = rules.parts_of_week(monday, meetings, closed, today)
    return page(
        CALENDAR,
        parts=parts,
        open_ones=open_ones,
        today=today,
        now=now,
        before=monday - WEEK,
        after=monday + WEEK,
        words=words,
    )


# --- windows and absences
# ------------------------------------------------------------------------------


@bp.get("/windows")
@caseworker_required
def show_windows() -> ResponseReturnValue:
    """When I offer meetings, and when I am away."""
    return page(WINDOWS, **_windows())


def _windows(**given: Any) -> dict[str, Any]:
    me, today = the_viewer().user_id, clock.today()
    new = {"valid_from": today, "starts_minute": 9 * 60, "ends_minute": 15 * 60}
    context = {
        "windows": diary_queries.list_windows(me, today),
        "absences": absences.list_absences([me], clock.now()),
        "now": clock.now(),
        "today": today,
        "words": words,
    }
    return {
        **context,
        "form": WindowForm(data=new),
        "absence_form": AbsenceForm().offer(absences.list_substitutes(me)),
        "day_before": timedelta(minutes=1),
        **given,
    }


@bp.post("/windows")
@caseworker_required
@once
def add_window() -> ResponseReturnValue:
    """A new weekly time."""
    form = WindowForm.from_request()
    if not form.submitted():
        return invalid(WINDOWS, **_windows(form=form))
    with write():
        diary_services.add_window(the_viewer().user_id, **form.values())
    return go_to(url_for(".show_windows"))


@bp.post("/windows/<uuid:window_id>/end")
@caseworker_required
def end_window(window_id: UUID) -> ResponseReturnValue:
    """No new meetings from tomorrow."""
    with write():
        diary_services.end_window(the_viewer().user_id, window_id, today=clock.today())
    return go_to(url_for(".show_windows"))


@bp.get("/absences/check")
@caseworker_required
def check_absence() -> ResponseReturnValue:
    """Before anything is saved: which meetings stand on these days."""
    me = the_viewer().user_id
    form = AbsenceForm(request.args).offer(absences.list_substitutes(me))
    if not form.validate():
        return invalid(WINDOWS, **_windows(absence_form=form))
    return page(
        "booking/absence_check.html",
        **absence_pages.check(form, me, viewer_id=me, now=clock.now()),
        name="",
        has_calendar=True,
        action=url_for(".add_absence"),
        back=url_for(".show_windows", _anchor="absences"),
        back_label=_("When I offer meetings"),
    )


@bp.post("/absences")
@caseworker_required
@once
def add_absence() -> ResponseReturnValue:
    """Days away, and who stands in."""
    me = the_viewer().user_id
    form = AbsenceForm.from_request().offer(absences.list_substitutes(me))
    if not form.submitted():
        return invalid(WINDOWS, **_windows(absence_form=form))
    with write():
        absence_services.add_absence(me, **form.chosen(), now=clock.now())
    return go_to(url_for(".show_windows", _anchor="absences"))


@bp.post("/absences/<uuid:absence_id>/remove")
@caseworker_required
def remove_absence(absence_id: UUID) -> ResponseReturnValue:
    """Not away after all, or back early."""
    me = the_viewer().user_id
    found = absences.get_absence([me], absence_id)
    with write():
        absence_services.end_absence(found.id, by_user_id=me, now=clock.now())
    return go_to(url_for(".show_windows", _anchor="absences"))


# --- booking on behalf
# ------------------------------------------------------------------------------


def _pages(citizen_id: UUID) -> Pages:
    """Through the gate."""
    citizen = open_citizen(citizen_id, "booking.view")
    return Pages(
        by=requests.actor(),
        layout="layout/caseworker.html",
        back=url_for("citizen_page.show_citizen", citizen_id=citizen_id),
        back_label=citizen.name,
        book=url_for(".book", citizen_id=citizen_id),
        confirm=url_for(".confirm", citizen_id=citizen_id),
        take=url_for(".book_time", citizen_id=citizen_id),
        call="",
        show=lambda meeting_id: url_for(".show_meeting", meeting_id=meeting_id),
    )


@bp.get("/book/<uuid:citizen_id>")
@caseworker_required
def book(citizen_id: UUID) -> ResponseReturnValue:
    """What, how and when, together with the citizen on the phone."""
    return taking.show_times(citizen_id, _pages(citizen_id), clock.now())


@bp.get("/book/<uuid:citizen_id>/confirm")
@caseworker_required
def confirm(citizen_id: UUID) -> ResponseReturnValue:
    """Not booked yet: is this right?"""
    return taking.show_confirm(citizen_id, _pages(citizen_id), clock.now())


@bp.post("/book/<uuid:citizen_id>")
@caseworker_required
def book_time(citizen_id: UUID) -> ResponseReturnValue:
    """Books; the citizen gets the same notice as if she had done it."""
    return taking.save(citizen_id, _pages(citizen_id), clock.now())


# --- one meeting
# ------------------------------------------------------------------------------


def _meeting(meeting_id: UUID) -> MeetingLine:
    """Through the gate; for a meeting of one's own the meeting is the purpose."""
    me = the_viewer().user_id
    citizen_id, host_id = queries.whose_meeting(me, meeting_id)
    if host_id == me:
        pass_with(citizen_id, "meeting.view", Purpose.MEETING)
    else:
        pass_gate(citizen_id, "meeting.view")
    return queries.get_meeting_for(me, meeting_id)


def _where(meeting_id: UUID) -> Where:
    show, move, cancel = (
        url_for(f".{name}", meeting_id=meeting_id) for name in ("show_meeting", "move", "cancel")
    )
    return Where(requests.actor(), "layout/caseworker.html", show, move, cancel, show, show)


def _one(meeting: MeetingLine, **given: Any) -> dict[str, Any]:
    now = clock.now()
    outcome = (
        meeting.status.value
        if meeting.status
        in (AppointmentStatus.HELD, AppointmentStatus.MISSED, AppointmentStatus.UNKNOWN)
        else None
    )
    forms = {
        "outcome_form": OutcomeForm(data={"outcome": outcome}),
        "video_form": VideoForm(data={"video_url": meeting.video_url}),
    }
    jobs = meeting_jobs.list_jobs(meeting.id, clock.today())
    return {
        "meeting": meeting,
        "now": now,
        "words": words,
        "where": _where(meeting.id),
        "jobs": jobs,
        **forms,
        **given,
    }


@bp.get("/<uuid:meeting_id>")
@caseworker_required
def show_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Everything about one meeting; after it has begun also whether it took place."""
    return page(MEETING, **_one(_meeting(meeting_id)))


@bp.get("/<uuid:meeting_id>/jobs")
@caseworker_required
def show_jobs(meeting_id: UUID) -> ResponseReturnValue:
    """Open jobs to choose from, and those chosen for the talk."""
    query = (clean(request.args.get("q")) or "")[:60]
    found = meeting_jobs.list_to_choose(query, clock.today())
    return page(
        "booking/staff_jobs.html",
        **_one(_meeting(meeting_id)),
        query=query,
        open_jobs=found,
        most=meeting_jobs.MOST,
    )


@bp.post("/<uuid:meeting_id>/jobs")
@caseworker_required
def choose_job(meeting_id: UUID) -> ResponseReturnValue:
    """A job onto the table or off it."""
    meeting, job_id = _meeting(meeting_id), request.form.get("job", type=UUID)
    if job_id is None:
        abort(404)
    with write():
        if request.form.get("what") == "remove":
            meeting_jobs.remove_job(meeting.id, job_id)
        else:
            meeting_jobs.add_job(
                meeting.id, job_id, by_user_id=the_viewer().user_id, today=clock.today()
            )
    return go_to(url_for(".show_jobs", meeting_id=meeting.id))


@bp.post("/<uuid:meeting_id>/outcome")
@caseworker_required
def record_outcome(meeting_id: UUID) -> ResponseReturnValue:
    """Held, missed or not known; then the next contact is planned at once. Missed has no
    consequence by itself.
    """
    meeting, form, now = _meeting(meeting_id), OutcomeForm.from_request(), clock.now()
    if not form.submitted():
        return invalid(MEETING, **_one(meeting, outcome_form=form))
    with write():
        services.record_outcome(
            meeting.id, AppointmentStatus(form.outcome.data), by=requests.actor(), now=now
        )
        contact.plan_next(
            meeting.citizen_id, contact_rules=current_profile().contact_rules, now=now
        )
    return go_to(url_for(".show_meeting", meeting_id=meeting.id))


@bp.post("/<uuid:meeting_id>/video")
@caseworker_required
def set_video(meeting_id: UUID) -> ResponseReturnValue:
    """The link to the video room, shown on the citizen's page."""
    meeting, form = _meeting(meeting_id), VideoForm.from_request()
    if not form.submitted():
        return invalid(MEETING, **_one(meeting, video_form=form))
    with write():
        services.set_video_link(meeting.id, form.video_url.data or "")
    return go_to(url_for(".show_meeting", meeting_id=meeting.id))


@bp.get("/<uuid:meeting_id>/move")
@caseworker_required
def move(meeting_id: UUID) -> ResponseReturnValue:
    """Other times."""
    return changes.show_times(_meeting(meeting_id), _where(meeting_id), clock.now())


@bp.post("/<uuid:meeting_id>/move")
@caseworker_required
def move_to(meeting_id: UUID) -> ResponseReturnValue:
    """Takes the new time; the citizen is told."""
    return changes.save_time(_meeting(meeting_id), _where(meeting_id), clock.now())


@bp.get("/<uuid:meeting_id>/cancel")
@caseworker_required
def cancel(meeting_id: UUID) -> ResponseReturnValue:
    """The question first."""
    return changes.show_cancel(_meeting(meeting_id), _where(meeting_id), clock.now())


@bp.post("/<uuid:meeting_id>/cancel")
@caseworker_required
def cancel_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Cancels on behalf of the office; the citizen is told and may book again."""
    return changes.save_cancel(_meeting(meeting_id), _where(meeting_id), clock.now())
