"""One meeting by signed link, without log-in: see when and how, move it, cancel it, say afterwards
how it was. Nothing about the person.
"""

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.booking import changing_views as changes
from jobunivers.booking import link_http as links
from jobunivers.booking import rules, survey_pages, words
from jobunivers.booking.changing_views import Where
from jobunivers.booking.types import Actor, MeetingLine
from jobunivers.identity.access import signed_link
from jobunivers.shared import clock
from jobunivers.shared.web import go_to, page

bp = Blueprint("booking_links", __name__)


def _meeting(token: str) -> MeetingLine:
    return links.meeting_behind(token, clock.now()) or abort(410)


def _where(token: str) -> Where:
    def to(name: str, **more: Any) -> str:
        return url_for(f".{name}", token=token, **more)

    show, moved, cancelled = to("show"), to("show", done="moved"), to("show", done="cancelled")
    return Where(
        Actor(None, "link"), "layout/citizen.html", show, to("move"), to("cancel"), moved, cancelled
    )


@bp.get("/<token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    """When and how; what has just been done. After the meeting, while the survey is open, the way
    to it.
    """
    now = clock.now()
    if survey_pages.is_open(links.any_meeting_behind(token), now):
        return go_to(url_for(".show_survey", token=token))
    meeting = _meeting(token)
    may_cancel = meeting.is_booked and rules.may_cancel(meeting.starts_at, now)
    return page(
        "booking/link.html",
        meeting=meeting,
        where=_where(token),
        may_cancel=may_cancel,
        done=request.args.get("done", ""),
        words=words,
    )


@bp.get("/<token>/move")
@signed_link
def move(token: str) -> ResponseReturnValue:
    """Other times."""
    return changes.show_times(_meeting(token), _where(token), clock.now())


@bp.post("/<token>/move")
@signed_link
def move_to(token: str) -> ResponseReturnValue:
    """Takes the new time."""
    return changes.save_time(_meeting(token), _where(token), clock.now())


@bp.get("/<token>/cancel")
@signed_link
def cancel(token: str) -> ResponseReturnValue:
    """Do you want to cancel?"""
    return changes.show_cancel(_meeting(token), _where(token), clock.now())


@bp.post("/<token>/cancel")
@signed_link
def cancel_meeting(token: str) -> ResponseReturnValue:
    """Cancels."""
    return changes.save_cancel(_meeting(token), _where(token), clock.now())


@bp.get("/<token>/survey")
@signed_link
def show_survey(token: str) -> ResponseReturnValue:
    """How was the meeting? For whoever got the link on paper or on another phone."""
    return survey_pages.show(links.any_meeting_behind(token), url_for("pages.front"), clock.now())


@bp.post("/<token>/survey")
@signed_link
def answer_survey(token: str) -> ResponseReturnValue:
    """Counts the answers, once a meeting."""
    return survey_pages.save(
        links.any_meeting_behind(token),
        url_for(".show_survey", token=token),
        url_for("pages.front"),
        clock.now(),
    )
