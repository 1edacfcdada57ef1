"""The queue of flags and the review: a person decides, with the evidence before her and no choice
made beforehand.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload.gate_access import pass_gate_of
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.identity.types import Grant
from jobunivers.screening import (
    flag_queries,
    flag_services,
    notices,
    pages,
    rules,
)
from jobunivers.screening.catalogue import reason_text
from jobunivers.screening.forms import ReviewForm
from jobunivers.screening.types import Choice, QueueRow, Reason, Route
from jobunivers.screening.words import CHOICES, REASONS
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotAllowed, Stale
from jobunivers.shared.forms import options
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.seen import not_shown, reading_for
from jobunivers.shared.web import go_to, invalid, page, page_or_block, wants_block

bp = Blueprint("screening_caseworker", __name__)


@bp.get("")
@caseworker_required
def list_flags() -> ResponseReturnValue:
    """Who waits: needs, time, points, chance; the longest waiting first in each."""
    reading_for("flags")
    replies = flag_queries.list_unread_replies(the_viewer().user_id, sees_health=_sees_health())
    queue = _queue_context(_cursor())
    queue["overdue"] = flag_services.list_overdue(queue["rows"], clock.today())
    return page("screening/flags.html", replies=replies, **queue)


@bp.get("/<uuid:flag_id>")
@caseworker_required
def show_flag(flag_id: UUID) -> ResponseReturnValue:
    """One flag with its evidence and the form to decide."""
    _look(flag_id)
    return page("screening/flag.html", **_flag_context(flag_id))


def _look(flag_id: UUID) -> tuple[bool, Route]:
    """Logs the look, for every answer that can show the evidence. Returns whether the citizen has
    written something unanswered, and why the flag was raised.
    """
    citizen_id, has_unread, route, caseworker = flag_queries.find_flag_citizen(
        the_viewer().user_id, flag_id, sees_health=_sees_health()
    )
    pass_gate_of(citizen_id, caseworker, "flag.view")
    reading_for("flags")  # the queue stands beside it
    return has_unread, route


@bp.post("/<uuid:flag_id>/review")
@caseworker_required
def review_flag(flag_id: UUID) -> ResponseReturnValue:
    """Decides. A form that was overtaken by another decision is answered 409 with what was decided."""
    form = _form()
    form.has_reply, form.route = _look(flag_id)
    if not form.submitted():
        return invalid("screening/flag.html", **_flag_context(flag_id, form=form))
    try:
        with write():
            flag_services.review_flag(flag_id, **_decision_of(form))
    except Stale:
        return page("screening/flag.html", 409, **_flag_context(flag_id, is_stale=True))
    except NotAllowed:  # the page says that a colleague answers
        return page("screening/flag.html", 403, **_flag_context(flag_id))
    flash(_("Your decision is saved, and the citizen is told."), "good")
    return go_to(url_for(".show_flag", flag_id=flag_id))


@bp.post("/<uuid:flag_id>/preview")
@caseworker_required
def preview_message(flag_id: UUID) -> ResponseReturnValue:
    """The message as the citizen will read it, in her language; nothing is saved."""
    _look(flag_id)
    template = "screening/_preview.html" if wants_block() else "screening/flag.html"
    return page_or_block(template, "preview", **_flag_context(flag_id, form=_form()))


@bp.post("/raise/<uuid:citizen_id>")
@caseworker_required
def raise_flag(citizen_id: UUID) -> ResponseReturnValue:
    """The citizen asked a member of staff for more help: a flag without any questionnaire."""
    flag_services.ensure_own_citizen(the_viewer().user_id, citizen_id)
    with write():
        flag = flag_services.ask_for_talk(
            citizen_id, now=clock.now(), by_user_id=the_viewer().user_id
        )
    return go_to(url_for(".show_flag", flag_id=flag.id))


def _sees_health() -> bool:
    return the_viewer().may(Grant.HEALTH_ANSWERS)


def _cursor() -> flag_queries.Cursor | None:
    """Where the last page ended: rank, instant and id of its last row."""
    text = request.args.get("after", "")
    if not text:
        return None
    try:
        rank, raised_at, flag_id = text.split("_")
        moment = datetime.fromisoformat(raised_at)
        return (
            (int(rank[:2]), moment.astimezone(UTC), UUID(flag_id)) if moment.tzinfo else abort(404)
        )
    except (ValueError, OverflowError):
        abort(404)


def _queue_context(after: flag_queries.Cursor | None = None) -> dict[str, Any]:
    me, health = the_viewer().user_id, _sees_health()
    rows = flag_queries.list_queue(me, sees_health=health, after=after, limit=flag_queries.PAGE + 1)
    shown = rows[: flag_queries.PAGE]
    not_shown(row.citizen_id for row in rows[flag_queries.PAGE :])
    more = (
        url_for(".list_flags", after=_after(shown[-1])) if len(rows) > flag_queries.PAGE else None
    )
    return {
        "rows": shown,
        "more": more,
        "days": {
            row.flag_id: (clock.today() - clock.danish_day(row.raised_at)).days for row in shown
        },
        "overdue": frozenset(),
        "why": lambda row: [
            words for code in row.reasons if (words := reason_text(code, choose_locale(), "staff"))
        ],
        "is_first_page": after is None,
    }


def _after(row: QueueRow) -> str:
    return f"{rules.queue_rank(row.route)}_{row.raised_at.isoformat()}_{row.flag_id}"


def _form(**defaults: Any) -> ReviewForm:
    form = ReviewForm(request.form if request.method == "POST" else None, data=defaults)
    form.offer_kind.choices = options(pages.suggested_kinds(choose_locale()))
    return form


def _decision_of(form: ReviewForm) -> dict[str, Any]:
    return {
        "reviewer_id": the_viewer().user_id,
        "sees_health": _sees_health(),
        "seen": form.seen_reviews,
        "choice": Choice(form.choice.data),
        "reason": Reason(form.reason.data) if form.reason.data else None,
        "offer_kind": form.offer_kind.data,
        "note": form.note.data or "",
        "message": form.message.data or "",
        "now": clock.now(),
    }


def _flag_context(
    flag_id: UUID, *, form: ReviewForm | None = None, is_stale: bool = False
) -> dict[str, Any]:
    flag, citizen = flag_queries.get_flag_for(
        the_viewer().user_id, flag_id, sees_health=_sees_health()
    )
    shown = pages.flag_page(flag, citizen, locale=choose_locale(), sees_health=_sees_health())
    return {
        **_queue_context(),
        "shown": shown,
        "form": form or _empty_form(shown),
        "preview": _preview(form, citizen.locale) if form else None,
        "is_stale": is_stale,
        "needs_another": flag_services.needs_another(flag, the_viewer().user_id),
        "choice_label": lambda choice: CHOICES[choice],
        "reason_label": lambda reason: REASONS[reason],
        "kind_name": lambda code: notices.kind_name(code, choose_locale()),
        "reviewers": flag_queries.names_of_staff(
            [review.reviewer_id for review in (*flag.reviews, *shown.earlier)]
        ),
    }


def _empty_form(shown: pages.FlagPage) -> ReviewForm:
    """A fresh form, also after a post that came too late: no choice is made beforehand."""
    form = ReviewForm(
        None,
        data={
            "offer_kind": shown.suggested,
            "seen": str(len(shown.flag.reviews) + len(shown.flag.replies)),
        },
    )
    form.offer_kind.choices = options(pages.suggested_kinds(choose_locale()))
    return form


def _preview(form: ReviewForm, locale: str) -> Any | None:
    if form.decision is None:
        return None
    later_on = clock.today() + rules.LATER
    return notices.decision_text(
        form.decision,
        locale,
        kind=form.offer_kind.data,
        later_on=later_on,
        reason=form.reason.data,
    )
