"""How was the meeting? The same page for the citizen, her helper, and whoever holds the link."""

from datetime import datetime
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from jobunivers.booking import rules
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.forms import survey_form
from jobunivers.booking.types import MeetingLine
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.web import go_to, invalid, page

SURVEY = "booking/survey.html"


def is_open(meeting: MeetingLine, now: datetime) -> bool:
    """True while one may answer."""
    return rules.survey_is_open(
        meeting.survey_open, meeting.ends_at, now, current_profile().survey.open_days
    )


def show(meeting: MeetingLine, back: str, now: datetime) -> Response:
    """The questions; afterwards the receipt, and that they are closed."""
    may_answer = is_open(meeting, now)
    done = "" if may_answer else request.args.get("done", "")
    return page(SURVEY, form=survey_form(), is_open=may_answer, **_words(meeting, back, done))


def save(meeting: MeetingLine, here: str, back: str, now: datetime) -> Response:
    """Counts the answers, or notes that she would rather not say. The same form sent twice is
    counted once.
    """
    form, declines = survey_form(), "decline" in request.form
    if is_open(meeting, now) and not declines and not form.submitted():
        return invalid(SURVEY, form=form, is_open=True, **_words(meeting, back, ""))
    try:
        with write():
            if declines:
                surveys.decline(meeting.id, now=now)
            else:
                surveys.answer(meeting.id, form.answers(), str(form.line.data or ""), now=now)
    except Conflict:
        return go_to(here)  # sent twice, or too late: the page says that the questions are closed
    return go_to(f"{here}?done={'declined' if declines else 'answered'}")


def _words(meeting: MeetingLine, back: str, done: str) -> dict[str, Any]:
    titles = {"answered": _("Thank you for your answers"), "declined": _("That is fine")}
    return {
        "meeting": meeting,
        "back": back,
        "done": done,
        "title": titles.get(done, _("How was the meeting?")),
        "shown_from": current_profile().survey.shown_from,
    }
