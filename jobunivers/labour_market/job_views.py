"""Concrete jobs, open to everybody; what a reader keeps of one goes into her own things."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import ensure_owner_id, public, viewer
from jobunivers.labour_market import job_pages, queries
from jobunivers.labour_market import ports as keeping
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotAllowed
from jobunivers.shared.page_cache import same_while
from jobunivers.shared.web import go_to, page, page_or_block

bp = Blueprint("jobs", __name__)


def _stamp() -> str:
    return queries.vacancies_stamp(clock.today())


@bp.get("")
@public
def list_jobs() -> ResponseReturnValue:
    """Open jobs, the first deadline first; with words, field and ticks those that fit."""
    return _list() if request.args.get("q") else _kept_list()


@same_while(_stamp)
def _kept_list() -> ResponseReturnValue:
    return _list()


def _list() -> ResponseReturnValue:
    shown = job_pages.found(request.args, i18n.choose_locale(), clock.today())
    return page_or_block("labour_market/jobs.html", "results", **shown)


@bp.get("/<uuid:job_id>")
@public
def show_job(job_id: UUID) -> ResponseReturnValue:
    """One job."""
    job = queries.get_open_vacancy(job_id, clock.today())
    return page("labour_market/job.html", job=job_pages.in_words(job, i18n.choose_locale()))


@bp.post("/<uuid:job_id>/keep")
@public
def keep_job(job_id: UUID) -> ResponseReturnValue:
    """Into the planner, or on to an application for it; a first thing kept makes a draft."""
    job = queries.get_open_vacancy(job_id, clock.today())
    person = viewer()
    if person is not None and person.is_staff and person.owner_id is None:
        raise NotAllowed("staff keeps no jobs")
    owner_id = ensure_owner_id()
    if request.form.get("what") == "letter":
        return go_to(url_for("letters.start_letter", job=job_id))
    what, when = job_pages.task_words(job)
    with write():
        keeping.keep_job(owner_id, what, when)
    flash(_("The job is in your plan."), "good")
    return go_to(url_for("planner.show_planner", _anchor="tasks"))
