"""Log-in with an outside provider: MitID through a broker for citizens, the municipality's
directory for staff.

It begins with a link, not a form: our content security policy lets forms go nowhere but here.
"""

from flask import Blueprint, current_app, request, session, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity import gateways as authenticators
from jobunivers.identity import landing_http as landing
from jobunivers.identity import queries, services
from jobunivers.identity.access import public, viewer
from jobunivers.identity.gateways import Authenticator, Refused, Unavailable
from jobunivers.identity.types import AuthMethod, Proof, Viewer
from jobunivers.identity.viewer_http import sign_in
from jobunivers.shared import clock, i18n, logs
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotAllowed, NotFound
from jobunivers.shared.web import go_to, page, safe_next

bp = Blueprint("openid", __name__)
NEXT_KEY = "log_in_next"


@bp.get("/<any(citizen, staff):kind>")
@public
def begin(kind: str) -> ResponseReturnValue:
    """Sends the person to the provider."""
    session[NEXT_KEY] = safe_next(request.args.get("next"), "")
    try:
        return _provider(kind).begin(_return_url(kind), locale=i18n.choose_locale())
    except (Unavailable, Refused):
        return _not_in(kind, "unavailable", 503)


@bp.get("/<any(citizen, staff):kind>/back")
@public
def finish(kind: str) -> ResponseReturnValue:
    """The person comes back with the provider's answer."""
    if request.args.get("error") == "access_denied":
        return _not_in(kind, "cancelled", 200)
    try:
        proof = _provider(kind).finish()
        return _welcome_citizen(proof) if kind == "citizen" else _welcome_staff(proof)
    except Unavailable:
        return _not_in(kind, "unavailable", 503)
    except Refused as refused:
        logs.say("log-in refused", kind=kind, why=str(refused))
        return _not_in(kind, "refused", 400)
    except NotAllowed:
        return _not_in(kind, "no_access", 403)


def _welcome_citizen(proof: Proof) -> ResponseReturnValue:
    before, next_url = viewer(), session.get(NEXT_KEY)
    with write():
        user_id = services.citizen_by_proof(
            proof, clock.now(), visitor_id=before.user_id if before else None
        )
    person = sign_in(user_id, AuthMethod.OIDC)
    if _is_waiting(person):
        return go_to(url_for("log_ins.show_waiting"))
    return go_to(landing.welcome(person, next_url))


def _is_waiting(person: Viewer) -> bool:
    return person.citizen_id is None and queries.is_unmatched(person.user_id)


def _welcome_staff(proof: Proof) -> ResponseReturnValue:
    before, next_url = viewer(), session.get(NEXT_KEY)
    staff_id = before.user_id if before and before.is_staff else None
    with write():
        user_id = services.staff_by_proof(proof, staff_id=staff_id)
    return go_to(landing.welcome(sign_in(user_id, AuthMethod.OIDC), next_url))


def _provider(kind: str) -> Authenticator:
    found = authenticators.find(kind)
    if found is None:
        raise NotFound
    return found


def _return_url(kind: str) -> str:
    """Our address as the settings name it, never as the request does; in demo mode people reach it
    by several names.
    """
    base = (
        request.url_root.rstrip("/")
        if current_app.config["DEMO"]
        else current_app.config["BASE_URL"]
    )
    return str(base + url_for("openid.finish", kind=kind))


def _not_in(kind: str, why: str, status: int) -> ResponseReturnValue:
    return page(
        "identity/not_in.html",
        status,
        kind=kind,
        why=why,
        next_url=safe_next(session.get(NEXT_KEY), ""),
    )
