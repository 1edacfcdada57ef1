"""Ready-made courses with dates: what one holds week by week, its start, other dates, its end.
Needs no case and no log-in.
"""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import current_owner_id, ensure_owner_id, public, visitor
from jobunivers.learning import catalogue, queries, services
from jobunivers.learning import path_pages as path_page
from jobunivers.learning import plan_pages as plan_page
from jobunivers.learning.forms import StartForm
from jobunivers.learning.rules.plan import usual_start
from jobunivers.learning.types import Course
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("courses", __name__)
PAGE = "learning/course.html"


@bp.get("/<course>")
@public
def show_course(course: str) -> ResponseReturnValue:
    """What the course holds, and the week in which it begins."""
    found = catalogue.get_course(course)
    return page(PAGE, **_context(found, StartForm(data={"starts_on": usual_start(clock.today())})))


@bp.post("/<course>/start")
@public
def start_course(course: str) -> ResponseReturnValue:
    """Begins the course, or gives it other dates; somebody without log-in gets a draft."""
    found = catalogue.get_course(course)
    path_page.refuse_staff()
    form = StartForm.from_request()
    if not form.submitted() or form.starts_on.data is None:
        return invalid(PAGE, **_context(found, form))
    owner_id = ensure_owner_id()
    with write():
        services.start_course(owner_id, found.slug, starts_on=form.starts_on.data)
    return go_to(url_for("path.show_path", _anchor="course"))


@bp.post("/stop")
@visitor
def stop_course() -> ResponseReturnValue:
    """Ends the course with dates; answers stay."""
    path_page.refuse_staff()
    owner_id = ensure_owner_id()
    with write():
        services.stop_course(owner_id)
    return go_to(url_for("path.show_path", _anchor="course"))


def _context(course: Course, form: StartForm) -> dict[str, Any]:
    plan = queries.find_plan(current_owner_id())
    return {
        "course": course,
        "weeks": plan_page.weeks_of(course, choose_locale()),
        "form": form,
        "follows": catalogue.find_course(plan.course) if plan else None,
    }
