"""A course one composes oneself: modules in an order, suggestions, notes; and a draft's work after
log-in.
"""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import access
from jobunivers.identity.access import (
    account_required,
    current_owner_id,
    ensure_owner_id,
    public,
    viewer,
    visitor,
)
from jobunivers.learning import catalogue, services
from jobunivers.learning import path_pages as path_page
from jobunivers.learning.forms import PaceForm, SituationsForm
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.forms import BaseForm
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page, saved

bp = Blueprint("path", __name__)
PAGE, COURSE = "learning/path.html", "course"


@bp.get("")
@visitor
def show_path() -> ResponseReturnValue:
    """My course: where I was, what is done and left, suggestions, my notes."""
    return page(PAGE, **path_page.context(current_owner_id(), viewer(), choose_locale()))


@bp.get("/print")
@visitor
def print_path() -> ResponseReturnValue:
    """The course and the notes on paper."""
    return page(
        "learning/path_print.html",
        **path_page.context(current_owner_id(), viewer(), choose_locale()),
    )


@bp.post("/<module>/choose")
@public
def choose_module(module: str) -> ResponseReturnValue:
    """Puts a module on the course; for somebody without log-in the course begins as a draft."""
    found = catalogue.get_module(module)
    path_page.refuse_staff()
    owner_id = ensure_owner_id()
    with write():
        services.choose_module(owner_id, found.slug)
    return _course()


@bp.post("/<module>/turn-down")
@visitor
def turn_down_module(module: str) -> ResponseReturnValue:
    """Takes a module off the course, or says no to a suggestion."""
    found = catalogue.get_module(module)
    path_page.refuse_staff()
    owner_id = ensure_owner_id()
    with write():
        services.turn_down_module(owner_id, found.slug, now=clock.now())
    return _course()


@bp.post("/<module>/move")
@visitor
def move_module(module: str) -> ResponseReturnValue:
    """One place up or down."""
    found = catalogue.get_module(module)
    step = {"up": -1, "down": 1}.get(request.form.get("to", ""))
    if step is None:
        abort(422, _("Choose up or down."))
    path_page.refuse_staff()
    owner_id = ensure_owner_id()
    with write():
        services.move_module(owner_id, found.slug, step=step)
    return _course()


@bp.post("/pace")
@visitor
def set_pace() -> ResponseReturnValue:
    """How much she wants to do a week."""
    path_page.refuse_staff()
    form = PaceForm.in_words(choose_locale(), request.form)
    if not form.submitted():
        return _wrong(pace_form=form)
    owner_id = ensure_owner_id()
    with write():
        services.set_pace(owner_id, form.chosen())
    return _course()


@bp.post("/situations")
@visitor
def set_situations() -> ResponseReturnValue:
    """What fits her; only she herself may say so."""
    path_page.refuse_staff()
    form = SituationsForm.in_words(choose_locale(), request.form)
    if not form.submitted():
        return _wrong(situations_form=form)
    owner_id = ensure_owner_id()
    with write():
        services.set_situations(owner_id, form.situations.data or [])
    return _course()


def _wrong(**forms: BaseForm) -> ResponseReturnValue:
    return invalid(
        PAGE, COURSE, **path_page.context(current_owner_id(), viewer(), choose_locale(), **forms)
    )


def _course() -> ResponseReturnValue:
    context = path_page.context(current_owner_id(), viewer(), choose_locale())
    return saved(PAGE, COURSE, fallback=url_for(".show_path", _anchor="course"), **context)


# --- after log-in with a draft
# ------------------------------------------------------------------------------


@bp.get("/take-along")
@account_required
def ask_take_along() -> ResponseReturnValue:
    """Asks what shall become of the work done on this device before the log-in."""
    draft_id = path_page.draft_to_ask_about()
    if draft_id is None:
        return go_to(url_for(".show_path"))
    return page(
        "learning/take_along.html",
        work=path_page.work_of(draft_id, choose_locale()),
        is_unanswered=False,
    )


@bp.post("/take-along")
@account_required
def take_along() -> ResponseReturnValue:
    """Takes the draft's work along, or leaves it behind its return code."""
    draft_id = path_page.draft_to_ask_about()
    if draft_id is not None and request.form.get("choice") == "take":
        owner_id = ensure_owner_id()
        with write():
            services.take_along(draft_id, owner_id, now=clock.now())
    elif draft_id is not None and request.form.get("choice") != "leave":
        return page(
            "learning/take_along.html",
            422,
            work=path_page.work_of(draft_id, choose_locale()),
            is_unanswered=True,
        )
    access.forget_draft()
    return go_to(url_for(".show_path"))


@bp.before_app_request
def ask_first() -> ResponseReturnValue | None:
    """Somebody who logs in with work on this device meets the question before her own pages;
    nothing is merged silently.
    """
    if request.endpoint not in ("home.show_home", "path.show_path") or not request.cookies.get(
        access.DRAFT_COOKIE
    ):
        return None
    if viewer() is not None:
        if path_page.draft_to_ask_about() is not None:
            return go_to(url_for("path.ask_take_along"))
        access.forget_draft()
    return None
