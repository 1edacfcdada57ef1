"""Staff without a directory: password, then six digits from an app. Every wrong answer says the
same and takes the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, current_app, flash, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import code_rules as codes
from jobunivers.identity import landing_http as landing
from jobunivers.identity import link_http as links
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import queries, rules, services
from jobunivers.identity import throttle_http as throttle
from jobunivers.identity.access import public, signed_link
from jobunivers.identity.forms import CodeForm, NewPasswordForm, PasswordForm
from jobunivers.identity.types import STAFF_GRANTS, AuthMethod, LogInEvent
from jobunivers.identity.viewer_http import sign_in
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, invalid, page, safe_next

if TYPE_CHECKING:
    from jobunivers.identity.models import User

bp = Blueprint("staff_log_in", __name__)
PENDING_KEY = "password_was_right"  # (log-in, when): between password and code
NEXT_KEY = "log_in_next"
RECOVERY_KEY = (
    "recovery_codes"  # sealed, in the session's row, until the person says that she has kept them
)


@bp.get("")
@public
def show_password() -> ResponseReturnValue:
    """Address and password."""
    return page(
        "identity/staff.html", form=PasswordForm(), next_url=safe_next(request.args.get("next"), "")
    )


@bp.post("")
@public
def check_password() -> ResponseReturnValue:
    """One try: counted first, hashed outside the database, answered alike for unknown accounts."""
    form = PasswordForm.from_request()
    next_url = safe_next(request.form.get("next"), "")
    if not form.submitted():
        return invalid("identity/staff.html", form=form, next_url=next_url)
    email, password = form.email.data or "", form.password.data or ""
    if not throttle.may_try(email):
        return _too_many(email)
    user = queries.find_user_by_email(email)
    stored = user.password_hash if user and _is_staff(user) else None
    if not passwords.fits(stored, password) or user is None:
        _note_failure(user, "password")
        form.form_errors.append(
            _("The e-mail address and the password do not match. Check both and try again.")
        )
        return invalid("identity/staff.html", form=form, next_url=next_url)
    return _after_password(user, password, next_url)


def _is_staff(user: User) -> bool:
    return user.disabled_at is None and any(row.grant in STAFF_GRANTS for row in user.grants)


def _after_password(user: User, password: str, next_url: str) -> ResponseReturnValue:
    fresh = passwords.hashed(password) if passwords.is_outdated(user.password_hash or "") else None
    needs_app = user.totp_confirmed_at is None and _must_have_code(user)
    if fresh or needs_app:
        with write():
            services.after_password(user.id, password_hash=fresh, begins_code_app=needs_app)
    if user.totp_confirmed_at is None and not needs_app:
        return _let_in(user.id, user.email or "", next_url)
    session[PENDING_KEY] = [str(user.id), clock.real_now().timestamp()]
    session[NEXT_KEY] = next_url
    return go_to(url_for(".show_app" if needs_app else ".show_code"))


def _must_have_code(user: User) -> bool:
    return any(row.grant.value in current_app.config["TOTP_REQUIRED"] for row in user.grants)


def _let_in(user_id: UUID, email: str, next_url: str | None) -> ResponseReturnValue:
    person = sign_in(user_id, AuthMethod.PASSWORD)
    throttle.succeeded(email)
    return go_to(landing.welcome(person, next_url))


def _pending() -> User | None:
    """Who gave the right password in the last ten minutes, in this browser."""
    user_id, at = session.get(PENDING_KEY) or (None, 0.0)
    if user_id is None or clock.real_now().timestamp() - at > throttle.PENDING_SECONDS:
        return None
    try:
        return queries.get_user(UUID(user_id))
    except NotFound:
        return None


@bp.get("/code")
@public
def show_code() -> ResponseReturnValue:
    """Six digits, or a recovery code."""
    return (
        page("identity/code.html", form=CodeForm())
        if _pending()
        else go_to(url_for(".show_password"))
    )


@bp.post("/code")
@public
def check_code() -> ResponseReturnValue:
    """A code is good once; wrong ones count like wrong passwords."""
    user, form = _pending(), CodeForm.from_request()
    if user is None or user.totp_confirmed_at is None:
        return go_to(url_for(".show_password"))
    if not form.submitted():
        return invalid("identity/code.html", form=form)
    if not throttle.may_try(user.email or str(user.id)):
        return _too_many(user.email or str(user.id))
    code, now = form.code.data or "", clock.real_now()
    step = codes.matching_step(vault.unseal(user.totp_secret or b""), code, now)
    with write():
        is_good = (
            services.use_code(user.id, step)
            if step
            else services.use_recovery_code(user.id, code, now)
        )
    if not is_good:
        _note_failure(user, "code")
        form.code.errors = [
            _("The code is not right, or it was used before. Wait for the next one and try again.")
        ]
        return invalid("identity/code.html", form=form)
    return _let_in(user.id, user.email or "", session.get(NEXT_KEY))


@bp.get("/app")
@public
def show_app() -> ResponseReturnValue:
    """How to set up the app: a picture to scan, and the same as text."""
    user = _beginner()
    return (
        page("identity/app.html", form=CodeForm(), **_app_words(user))
        if user
        else go_to(url_for(".show_password"))
    )


@bp.post("/app")
@public
def confirm_app() -> ResponseReturnValue:
    """The first right code finishes the set-up and lets the person in; then the recovery codes are
    shown.
    """
    user, form = _beginner(), CodeForm.from_request()
    if user is None:
        return go_to(url_for(".show_password"))
    if not throttle.may_try(user.email or str(user.id)):
        return _too_many(user.email or str(user.id))
    step = codes.matching_step(
        vault.unseal(user.totp_secret or b""), form.code.data or "", clock.real_now()
    )
    if not form.submitted() or step is None:
        form.code.errors = form.code.errors or [
            _(
                "The code is not right. Check that the clock of your phone is right, and try the next code."
            )
        ]
        return invalid("identity/app.html", form=form, **_app_words(user))
    with write():
        fresh = services.confirm_code_app(user.id, step=step, now=clock.now())
    next_url = session.get(NEXT_KEY)
    _let_in(user.id, user.email or "", next_url)
    session[NEXT_KEY], session[RECOVERY_KEY] = next_url, vault.seal("\n".join(fresh)).decode()
    return go_to(url_for("log_ins.show_recovery_codes"))


def _beginner() -> User | None:
    """Whoever gave the right password and has a secret, but has not confirmed it yet."""
    user = _pending()
    return user if user and user.totp_secret and user.totp_confirmed_at is None else None


def _app_words(user: User) -> dict[str, Any]:
    secret = vault.unseal(user.totp_secret or b"")
    address = codes.address(
        secret, account=user.email or user.name, issuer=current_app.config["PROFILE"].title
    )
    return {
        "picture": codes.picture(address),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }


@bp.get("/password/<token>")
@signed_link
def show_new_password(token: str) -> ResponseReturnValue:
    """The link from the administrator: choose a password."""
    user = _by_link(token)
    return (
        page("identity/new_password.html", form=NewPasswordForm(), email=user.email, token=token)
        if user
        else page("identity/email_worn_out.html", 410)
    )


@bp.post("/password/<token>")
@signed_link
def set_new_password(token: str) -> ResponseReturnValue:
    """Stores it, ends all sessions, and leads to the log-in page."""
    user = _by_link(token)
    if user is None:
        return page("identity/email_worn_out.html", 410)
    profile = current_app.config["PROFILE"]
    form = NewPasswordForm(
        request.form,
        own_words=(user.name, user.email or "", profile.title, *profile.name.values()),
    )
    if not form.submitted():
        return invalid("identity/new_password.html", form=form, email=user.email, token=token)
    fresh = passwords.hashed(form.password.data or "")
    with write():
        services.set_password(user.id, fresh)
    throttle.succeeded(user.email or str(user.id))
    flash(_("Your password is saved. Log in with it now."), "good")
    return go_to(url_for(".show_password"))


def _by_link(token: str) -> User | None:
    found = links.read_password_token(token)
    try:
        user = queries.get_user(found[0]) if found else None
    except NotFound:
        return None
    return user if user and found and links.has_password(user, found[1]) else None


def _note_failure(user: User | None, method: str) -> None:
    """A wrong password or code: whose log-in it was reads it."""
    if user is not None:
        with write():
            device = rules.device_words(str(request.user_agent))
            services.note_event(user.id, LogInEvent.FAILED, method=method, device=device)


def _too_many(account: str) -> ResponseReturnValue:
    response = page("identity/too_many.html", 429)
    response.headers["Retry-After"] = str(throttle.seconds_to_wait(account))
    return response
