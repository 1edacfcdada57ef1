"""Concrete jobs, as an administrator keeps them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.labour_market import job_pages, queries, services
from jobunivers.labour_market.forms import VacancyForm
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, page

bp = Blueprint("jobs_admin", __name__)


@bp.get("")
@admin_required
def list_jobs() -> ResponseReturnValue:
    """Jobs that are not over, also withdrawn ones."""
    jobs = [
        job_pages.in_words(vacancy, i18n.choose_locale())
        for vacancy in queries.list_kept_vacancies(clock.today())
    ]
    return page("labour_market/admin_jobs.html", jobs=jobs)


def _edit(job_id: UUID | None, stored: Any = None) -> ResponseReturnValue:
    form = VacancyForm(
        request.form, obj=stored if request.method == "GET" else None, locale=i18n.choose_locale()
    )
    if not form.submitted():
        return page(
            "labour_market/admin_job.html", 422 if form.errors else 200, form=form, job=stored
        )
    with write():
        services.save_vacancy(
            job_id, form.values(), by_user_id=the_viewer().user_id, now=clock.now()
        )
    flash(_("The job is saved. Everybody can read it."), "good")
    return go_to(url_for(".list_jobs"))


@bp.route("/new", methods=["GET", "POST"])
@admin_required
def add_job() -> ResponseReturnValue:
    """A new job."""
    return _edit(None)


@bp.route("/<uuid:job_id>", methods=["GET", "POST"])
@admin_required
def edit_job(job_id: UUID) -> ResponseReturnValue:
    """A job's words."""
    return _edit(job_id, queries.get_vacancy(job_id))


@bp.post("/<uuid:job_id>/withdraw")
@admin_required
def withdraw_job(job_id: UUID) -> ResponseReturnValue:
    """Off the public list, or back on it."""
    is_back = request.form.get("what") == "back"
    with write():
        services.withdraw_vacancy(
            job_id, is_back=is_back, by_user_id=the_viewer().user_id, now=clock.now()
        )
    flash(
        _("The job is back on the list.")
        if is_back
        else _("The job is withdrawn. Nobody sees it any more."),
        "good",
    )
    return go_to(url_for(".list_jobs"))
