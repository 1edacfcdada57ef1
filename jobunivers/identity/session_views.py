"""One's own log-in: where it is open, whom a helper acts for, recovery codes, password."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import landing_http as landing
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import ports as people
from jobunivers.identity import queries, rules, services
from jobunivers.identity import throttle_http as throttle
from jobunivers.identity.access import account_required, forget_draft, the_viewer, viewer
from jobunivers.identity.forms import ChangePasswordForm
from jobunivers.identity.session_http import ACTING_FOR_KEY, METHOD_KEY
from jobunivers.identity.staff_views import RECOVERY_KEY
from jobunivers.identity.types import AuthMethod, LogInEvent
from jobunivers.identity.viewer_http import sign_in
from jobunivers.identity.words import LOG_IN_EVENTS, METHODS
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, invalid, page, safe_next

if TYPE_CHECKING:
    from jobunivers.identity.models import User

bp = Blueprint("log_ins", __name__)
EVENTS_SHOWN = 100


@bp.post("/session/stay")
@account_required
def stay() -> ResponseReturnValue:
    """ "I am still here": reading the session has already noted it."""
    return Response("", 204)


@bp.get("/log-in/sessions")
@account_required
def list_sessions() -> ResponseReturnValue:
    """Where I am logged in, and how to end it."""
    now, person = clock.real_now(), the_viewer()
    rows = queries.list_sessions(
        person.user_id, since=now - rules.IDLE, began_after=now - rules.LONGEST
    )
    has_password = session.get(METHOD_KEY) == AuthMethod.PASSWORD.value
    codes_left = queries.count_recovery_codes(person.user_id) if has_password else 0
    return page(
        "identity/sessions.html",
        rows=rows,
        this_id=getattr(session, "row_id", None),
        events=queries.list_log_in_events(person.user_id, limit=EVENTS_SHOWN),
        event_words=LOG_IN_EVENTS,
        method_words=METHODS,
        has_password=has_password,
        codes_left=codes_left,
    )


@bp.post("/log-in/sessions/<uuid:session_id>/end")
@account_required
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Logs out on one device; on this one too, if it is this one."""
    with write():
        services.end_session(session_id, user_id=the_viewer().user_id)
        services.note_event(the_viewer().user_id, LogInEvent.ENDED)
    flash(_("That device is logged out."), "good")
    return go_to(url_for(".list_sessions"))


@bp.post("/log-in/sessions/end-all")
@account_required
def end_all() -> ResponseReturnValue:
    """Logs out everywhere, here too."""
    with write():
        services.end_sessions_of(the_viewer().user_id)
        services.note_event(the_viewer().user_id, LogInEvent.ENDED)
    session.clear()
    forget_draft()
    return go_to(url_for("identity.show_logged_out"))


@bp.get("/log-in/waiting")
@account_required
def show_waiting() -> ResponseReturnValue:
    """We know who you are, but have no case of yours: what happens now."""
    person = the_viewer()
    if person.citizen_id is not None or not queries.is_unmatched(person.user_id):
        return go_to(landing.landing(person))
    return page("identity/waiting.html", answer_days=current_app.config["PROFILE"].answer_days)


@bp.get("/log-in/for")
@account_required
def show_choice() -> ResponseReturnValue:
    """For whom is the helper here today?"""
    choices = [(citizen_id, people.name_of(citizen_id)) for citizen_id in _helped()]
    return page(
        "identity/acting_for.html",
        choices=choices,
        next_url=safe_next(request.args.get("next"), ""),
    )


@bp.post("/log-in/for")
@account_required
def choose_citizen() -> ResponseReturnValue:
    """Acts for that citizen from now on; "myself" ends it. Raises NotFound for somebody she holds
    no power of attorney for.
    """
    chosen = request.form.get("citizen", "")
    if chosen and chosen not in {str(citizen_id) for citizen_id in _helped()}:
        raise NotFound
    session[ACTING_FOR_KEY] = chosen or None
    return go_to(safe_next(request.form.get("next"), url_for("home.show_home")))


def _helped() -> list[UUID]:
    return queries.list_helped_citizens(the_viewer().user_id, clock.today())


@bp.get("/log-in/recovery-codes")
@account_required
def show_recovery_codes() -> ResponseReturnValue:
    """The codes for the day the phone is lost; here until she says that she has kept them."""
    sealed = session.get(RECOVERY_KEY)
    return (
        page("identity/recovery_codes.html", codes=vault.unseal(sealed.encode()).split("\n"))
        if sealed
        else go_to(url_for(".list_sessions"))
    )


@bp.post("/log-in/recovery-codes")
@account_required
def keep_recovery_codes() -> ResponseReturnValue:
    """She has kept them: they are never shown again."""
    session.pop(RECOVERY_KEY, None)
    return go_to(landing.landing(the_viewer(), session.pop("log_in_next", None)))


@bp.get("/log-in/password")
@account_required
def show_password() -> ResponseReturnValue:
    """A new password for somebody who logged in with one."""
    _must_have_password()
    return page("identity/change_password.html", form=ChangePasswordForm())


@bp.post("/log-in/password")
@account_required
def change_password() -> ResponseReturnValue:
    """The old one is checked as at log-in; then every session ends but a fresh one here."""
    user = _must_have_password()
    profile = current_app.config["PROFILE"]
    form = ChangePasswordForm(
        request.form,
        own_words=(user.name, user.email or "", profile.title, *profile.name.values()),
    )
    if not form.submitted():
        return invalid("identity/change_password.html", form=form)
    if not throttle.may_try(user.email or "") or not passwords.fits(
        user.password_hash, form.current.data or ""
    ):
        form.current.errors = [_("This is not the password that you have now.")]
        return invalid("identity/change_password.html", form=form)
    fresh = passwords.hashed(form.password.data or "")
    with write():
        services.set_password(user.id, fresh)
    sign_in(user.id, AuthMethod.PASSWORD)
    throttle.succeeded(user.email or "")
    flash(_("Your password is changed. You are logged out on all other devices."), "good")
    return go_to(url_for(".list_sessions"))


def _must_have_password() -> User:
    person = viewer()
    user = queries.get_user(person.user_id) if person else None
    if user is None or user.password_hash is None:
        raise NotFound
    return user
