"""One meeting by signed link, without log-in: see when and how, move it, cancel it. Nothing about the person."""

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.booking import changes, links, rules, words
from jobunivers.booking.changes import Where
from jobunivers.booking.types import Actor, MeetingLine
from jobunivers.identity.access import signed_link
from jobunivers.shared import clock
from jobunivers.shared.web import page

bp = Blueprint("booking_links", __name__)


def _meeting(token: str) -> MeetingLine:
    return links.meeting_behind(token, clock.now()) or abort(410)


def _where(token: str) -> Where:
    def to(name: str, **more: Any) -> str:
        return url_for(f".{name}", token=token, **more)

    show, moved, cancelled = to("show"), to("show", done="moved"), to("show", done="cancelled")
    return Where(Actor(None, "link"), "layout/citizen.html", show, to("move"), to("cancel"), moved, cancelled)


@bp.get("/<token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    """When and how; what has just been done."""
    meeting, now = _meeting(token), clock.now()
    may_cancel = meeting.is_booked and rules.may_cancel(meeting.starts_at, now)
    return page("booking/link.html", meeting=meeting, where=_where(token), may_cancel=may_cancel, done=request.args.get("done", ""), words=words)


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
    return changes.show_cancel(_meeting(token), _where(token))


@bp.post("/<token>/cancel")
@signed_link
def cancel_meeting(token: str) -> ResponseReturnValue:
    """Cancels."""
    return changes.save_cancel(_meeting(token), _where(token), clock.now())
