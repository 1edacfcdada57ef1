"""Meetings: see, book, move, cancel, and say what one wants to talk about."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.booking import agenda_services as agenda
from jobunivers.booking import calendar_file, meeting_jobs, queries, rules, survey_pages, words
from jobunivers.booking import changing_views as changes
from jobunivers.booking import link_http as links
from jobunivers.booking import ports as others
from jobunivers.booking import request_views as requests
from jobunivers.booking import taking_views as taking
from jobunivers.booking.changing_views import Where
from jobunivers.booking.forms import PointForm
from jobunivers.booking.taking_views import Pages
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import queries as contact
from jobunivers.contact import services as contact_services
from jobunivers.contact.notices import reason_name
from jobunivers.contact.types import TaskKind
from jobunivers.identity.access import (
    citizen_id,
    citizen_required,
    current_owner_id,
    ensure_owner_id,
)
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page, saved

bp = Blueprint("booking", __name__)
LIST, MEETING = "booking/list.html", "booking/meeting.html"


# --- overview
# ------------------------------------------------------------------------------


@bp.get("")
@citizen_required
def list_meetings() -> ResponseReturnValue:
    """What comes, what is to be booked, what was."""
    return page(LIST, **_overview())


def _overview(**given: Any) -> dict[str, Any]:
    """Everything on the list page; the newest coming meeting first."""
    now, meetings = clock.now(), queries.list_meetings(citizen_id())
    coming = sorted(
        (line for line in meetings if line.is_booked and line.ends_at > now),
        key=lambda line: line.starts_at,
    )
    return {
        "coming": coming,
        "others": others.list_others(citizen_id(), now),
        "earlier": [line for line in meetings if line not in coming],
        "needs": contact.list_open_needs(citizen_id()),
        "asked": contact.list_asked(citizen_id(), clock.now()),
        "exempt": exemptions.list_in_force(clock.today(), citizen_id=citizen_id()),
        "reason_name": reason_name,
        "points": queries.list_waiting_points(current_owner_id()) if not coming else [],
        "point_form": PointForm(),
        "edit_id": None,
        "edit_form": None,
        "now": now,
        "today": clock.today(),
        "words": words,
        **given,
    }


@bp.post("/needs/<uuid:need_id>/cannot")
@citizen_required
def cannot_before(need_id: UUID) -> ResponseReturnValue:
    """One tap: she cannot before that day. Somebody calls; nothing happens by itself."""
    need = contact.get_open_need(citizen_id(), need_id)
    with write():
        contact_services.ask_staff(
            citizen_id(),
            what=TaskKind.CANNOT_BEFORE_DEADLINE,
            now=clock.now(),
            key=f"cannot:{need.id}",
        )
    return saved(
        LIST,
        "needs_section",
        fallback=url_for(".list_meetings", _anchor=f"need-{need.id}"),
        **_overview(),
    )


@bp.post("/ask-for-call")
@citizen_required
def ask_for_call() -> ResponseReturnValue:
    """No time fits: somebody calls to find one."""
    want = requests.wanted(citizen_id())
    if want is None:
        raise NotFound
    with write():
        key = taking.call_key(citizen_id(), want)
        contact_services.ask_staff(
            citizen_id(),
            what=TaskKind.NO_TIME_FITS,
            now=clock.now(),
            note=want.kind.name.get("da", ""),
            key=key,
        )
    return go_to(url_for(".book", _anchor="call", **want.fields(asked=1)))


# --- book
# ------------------------------------------------------------------------------


def _pages() -> Pages:
    return Pages(
        by=requests.actor(),
        layout="layout/citizen.html",
        back=url_for(".list_meetings"),
        back_label=_("Your meetings"),
        book=url_for(".book"),
        confirm=url_for(".confirm"),
        take=url_for(".book_time"),
        call=url_for(".ask_for_call"),
        show=lambda meeting_id: url_for(".show_meeting", meeting_id=meeting_id, done="booked"),
    )


@bp.get("/book")
@citizen_required
def book() -> ResponseReturnValue:
    """First what kind of meeting, then how and when."""
    return taking.show_times(citizen_id(), _pages(), clock.now())


@bp.get("/book/confirm")
@citizen_required
def confirm() -> ResponseReturnValue:
    """Not booked yet: is this right? What else belongs to the meeting?"""
    return taking.show_confirm(citizen_id(), _pages(), clock.now())


@bp.post("/book")
@citizen_required
def book_time() -> ResponseReturnValue:
    """Books. The same form twice is one meeting; a time that is gone leads to the next free ones."""
    return taking.save(citizen_id(), _pages(), clock.now())


# --- one meeting
# ------------------------------------------------------------------------------


@bp.get("/<uuid:meeting_id>")
@citizen_required
def show_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """When, how, with whom, what to bring, her own points; right after booking also the receipt."""
    return page(MEETING, **_one(queries.get_meeting(citizen_id(), meeting_id)))


def _one(meeting: Any, **given: Any) -> dict[str, Any]:
    now = clock.now()
    is_coming = meeting.is_booked and meeting.ends_at > now
    done = words.what_was_done(request.args.get("done", ""), is_coming=is_coming)
    return {
        "meeting": meeting,
        "done": done,
        "title": words.title(done),
        "now": now,
        "is_coming": is_coming,
        "may_cancel": meeting.is_booked and rules.may_cancel(meeting.starts_at, now),
        "link": links.url_for_meeting(meeting.id),
        "jobs": meeting_jobs.list_jobs(meeting.id, clock.today()),
        "may_say_how_it_was": survey_pages.is_open(meeting, now),
        "point_form": PointForm(),
        "edit_id": None,
        "edit_form": None,
        "words": words,
        **given,
    }


@bp.get("/<uuid:meeting_id>.ics")
@citizen_required
def download_calendar_file(meeting_id: UUID) -> ResponseReturnValue:
    """The meeting for her own calendar."""
    meeting = queries.get_meeting(citizen_id(), meeting_id)
    content = calendar_file.build(meeting, choose_locale(), now=clock.now())
    headers = {
        "Content-Disposition": 'attachment; filename="meeting.ics"',
        "Cache-Control": "private, no-store",
    }
    return Response(
        content,
        headers=headers,
        content_type=f"text/calendar; charset=utf-8; method={calendar_file.method_of(meeting)}",
    )


def _where(meeting_id: UUID) -> Where:
    def to(name: str, **more: Any) -> str:
        return url_for(f".{name}", meeting_id=meeting_id, **more)

    return Where(
        by=requests.actor(),
        layout="layout/citizen.html",
        show=to("show_meeting"),
        move=to("move"),
        cancel=to("cancel"),
        done_moved=to("show_meeting", done="moved"),
        done_cancelled=to("show_meeting", done="cancelled"),
    )


@bp.get("/<uuid:meeting_id>/move")
@citizen_required
def move(meeting_id: UUID) -> ResponseReturnValue:
    """Other times; the old one stays hers until a new one is taken."""
    return changes.show_times(
        queries.get_meeting(citizen_id(), meeting_id), _where(meeting_id), clock.now()
    )


@bp.post("/<uuid:meeting_id>/move")
@citizen_required
def move_to(meeting_id: UUID) -> ResponseReturnValue:
    """Takes the new time and gives the old one back."""
    return changes.save_time(
        queries.get_meeting(citizen_id(), meeting_id), _where(meeting_id), clock.now()
    )


@bp.get("/<uuid:meeting_id>/cancel")
@citizen_required
def cancel(meeting_id: UUID) -> ResponseReturnValue:
    """Do you want to cancel?"""
    meeting = queries.get_meeting(citizen_id(), meeting_id)
    return changes.show_cancel(meeting, _where(meeting_id), clock.now())


@bp.post("/<uuid:meeting_id>/cancel")
@citizen_required
def cancel_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Cancels, with a reason if she likes."""
    return changes.save_cancel(
        queries.get_meeting(citizen_id(), meeting_id), _where(meeting_id), clock.now()
    )


# --- her own points
# ------------------------------------------------------------------------------


@bp.post("/points")
@citizen_required
def add_waiting_point() -> ResponseReturnValue:
    """A point for the next meeting, before one is booked."""
    form, owner_id = PointForm.from_request(), ensure_owner_id()
    if not form.submitted():
        return invalid(LIST, "points_section", **_overview(point_form=form))
    with write():
        agenda.add_point(owner_id, str(form.text.data), appointment_id=None)
    return saved(
        LIST, "points_section", fallback=url_for(".list_meetings", _anchor="points"), **_overview()
    )


@bp.post("/points/<uuid:point_id>")
@citizen_required
def change_waiting_point(point_id: UUID) -> ResponseReturnValue:
    """Other words for a waiting point, or away with it."""
    form = _change_point(point_id)
    if form.errors:
        return invalid(LIST, "points_section", **_overview(edit_id=point_id, edit_form=form))
    return saved(
        LIST, "points_section", fallback=url_for(".list_meetings", _anchor="points"), **_overview()
    )


@bp.post("/<uuid:meeting_id>/points")
@citizen_required
def add_point(meeting_id: UUID) -> ResponseReturnValue:
    """A point for this meeting; the caseworker sees it."""
    meeting, form, owner_id = (
        queries.get_meeting(citizen_id(), meeting_id),
        PointForm.from_request(),
        ensure_owner_id(),
    )
    if not form.submitted():
        return invalid(MEETING, "points_section", **_one(meeting, point_form=form))
    with write():
        agenda.add_point(owner_id, str(form.text.data), appointment_id=meeting.id)
    return _points_saved(meeting_id)


@bp.post("/<uuid:meeting_id>/points/<uuid:point_id>")
@citizen_required
def change_point(meeting_id: UUID, point_id: UUID) -> ResponseReturnValue:
    """Other words for a point, or away with it."""
    meeting = queries.get_meeting(citizen_id(), meeting_id)
    form = _change_point(point_id)
    if form.errors:
        return invalid(MEETING, "points_section", **_one(meeting, edit_id=point_id, edit_form=form))
    return _points_saved(meeting_id)


def _change_point(point_id: UUID) -> PointForm:
    """The form comes back with errors when nothing was changed."""
    form, owner_id, is_removal = (
        PointForm.from_request(),
        ensure_owner_id(),
        "remove" in request.form,
    )
    queries.get_point(owner_id, point_id)
    if is_removal or form.submitted():
        with write():
            agenda.change_point(owner_id, point_id, "" if is_removal else str(form.text.data))
    return form


def _points_saved(meeting_id: UUID) -> Response:
    meeting = queries.get_meeting(citizen_id(), meeting_id)
    return saved(
        MEETING,
        "points_section",
        fallback=url_for(".show_meeting", meeting_id=meeting_id, _anchor="points"),
        **_one(meeting),
    )
