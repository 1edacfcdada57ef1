"""Lists in which nobody is lost, and the tasks of a member of staff."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.gate_access import open_citizen
from jobunivers.contact import list_queries, queries, services, task_services
from jobunivers.contact.forms import TaskForm
from jobunivers.contact.types import ListLine, TaskKind
from jobunivers.contact.words import tasks_in_words
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.once import once
from jobunivers.shared.seen import not_shown, reading_for
from jobunivers.shared.vault import fingerprint
from jobunivers.shared.web import go_to, invalid, page, page_or_block, safe_next, wants_block

bp = Blueprint("contact", __name__)
PAGE, TASK = "contact/list.html", "contact/task.html"


def _show(name: str, read: Callable[..., list[ListLine]]) -> ResponseReturnValue:
    """One page of a list: mine or my teams', keyset paging by start of the spell."""
    me, whole_team = the_viewer().user_id, request.args.get("who") == "team"
    scope: dict[str, Any] = (
        {"team_ids": caseload.team_ids_of(me)} if whole_team else {"user_id": me}
    )
    reading_for(name)
    lines = read(
        today=clock.today(),
        now=clock.now(),
        after=_after(request.args.get("after", "")),
        limit=list_queries.PAGE + 1,
        **scope,
    )
    shown, more = lines[: list_queries.PAGE], len(lines) > list_queries.PAGE
    not_shown(line.citizen_id for line in lines[list_queries.PAGE :])
    who: dict[str, Any] = {"who": "team"} if whole_team else {}
    next_href = (
        url_for(
            request.endpoint or "", after=f"{shown[-1].started_on}~{shown[-1].citizen_id}", **who
        )
        if more
        else None
    )
    weeks = {line.citizen_id: (clock.today() - line.started_on).days // 7 for line in shown}
    return page(
        PAGE,
        name=name,
        lines=shown,
        weeks=weeks,
        whole_team=whole_team,
        next_href=next_href,
        today=clock.today(),
    )


def _after(value: str) -> tuple[date, UUID] | None:
    """Where the page before ended; None for anything else."""
    day, _mark, citizen = value.partition("~")
    try:
        return date.fromisoformat(day), UUID(citizen)
    except ValueError:
        return None


@bp.get("/no-next-contact")
@caseworker_required
def no_next_contact() -> ResponseReturnValue:
    """Nobody here has a meeting, an invitation or a task: the shortest list is the best one."""
    return _show("no-next-contact", list_queries.without_next_contact)


@bp.get("/week-22")
@caseworker_required
def week_22() -> ResponseReturnValue:
    """From week 18, until the meeting around week 22 was held."""
    return _show("week-22", list_queries.list_week_22)


@bp.get("/never-met")
@caseworker_required
def never_met() -> ResponseReturnValue:
    """No meeting was held in this spell."""
    return _show("never-met", list_queries.list_never_met)


@bp.get("/tasks/<uuid:citizen_id>")
@caseworker_required
def new_task(citizen_id: UUID) -> ResponseReturnValue:
    """A task for myself about this citizen."""
    citizen = open_citizen(citizen_id, "task.new")
    return page(TASK, citizen=citizen, form=TaskForm())


@bp.post("/tasks/<uuid:citizen_id>")
@caseworker_required
@once
def add_task(citizen_id: UUID) -> ResponseReturnValue:
    """Stores it; back to the list it came from."""
    me, form = the_viewer().user_id, TaskForm.from_request()
    citizen = open_citizen(citizen_id, "task.new")
    if not form.submitted() or form.due_on.data is None:
        return invalid(TASK, citizen=citizen, form=form)
    key = f"own:{me}:{citizen_id}:{form.due_on.data}:{fingerprint(form.note.data or '')}"
    with write():
        services.add_task(
            citizen_id,
            me,
            what=TaskKind.OTHER,
            due_on=form.due_on.data,
            note=form.note.data or "",
            key=key,
        )
    return go_to(url_for(".no_next_contact"))


@bp.post("/tasks/<uuid:task_id>/done")
@caseworker_required
def finish_task(task_id: UUID) -> ResponseReturnValue:
    """Done. The same tap twice changes nothing."""
    with write():
        task_services.finish_task(task_id, user_id=the_viewer().user_id, now=clock.now())
    return _tasks_again()


@bp.post("/tasks/<uuid:task_id>/open")
@caseworker_required
def reopen_task(task_id: UUID) -> ResponseReturnValue:
    """Not done after all."""
    with write():
        task_services.reopen_task(task_id, user_id=the_viewer().user_id, now=clock.now())
    return _tasks_again()


def _tasks_again() -> ResponseReturnValue:
    """My list for htmx, as the desk shows it; else back to where the button stood."""
    back, today = safe_next(request.form.get("next"), url_for("desk.show_desk")), clock.today()
    if not wants_block():
        return go_to(back)
    me = the_viewer().user_id
    others = absences.stood_in_for(me, clock.now())
    lines = queries.list_tasks(me, done_since=queries.start_of(today), others=others)
    return page_or_block("contact/_tasks.html", "task_list", tasks=tasks_in_words(lines, today))
