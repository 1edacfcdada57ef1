"""Guards: every view carries exactly one. Wrong role is 403, not logged in is 303 to the log-in
page.

A guard says which kind of person may come; which objects she may see is decided in the query
(somebody else's is 404).
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Response, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from jobunivers.identity import budget_http, queries, rules, services
from jobunivers.identity.types import Grant, Scope, Viewer
from jobunivers.shared import audit, clock, device, refusals, seen, vault
from jobunivers.shared.db import write
from jobunivers.shared.house import house
from jobunivers.shared.web import is_htmx, safe_next, split_address

STAFF_GUARDS = frozenset({"caseworker_required", "coordinator_required", "admin_required"})
UNNAMED = "work"  # a page that names people and does not say what for: a check finds it
DRAFT_COOKIE = "ju_draft"
DRAFT_COOKIE_SECONDS = 90 * 24 * 3600
View = TypeVar("View", bound=Callable[..., Any])


def viewer() -> Viewer | None:
    """The logged-in person, or None."""
    return cast(Viewer, current_user) if current_user.is_authenticated else None


def the_viewer() -> Viewer:
    """The logged-in person; for views behind a guard that demands one."""
    found = viewer()
    if found is None:
        abort(403)
    return found


def _guard(name: str, check: Callable[[], Response | None]) -> Callable[[View], View]:
    is_staff = name in STAFF_GUARDS

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refusal = check()
            if refusal is not None:
                return refusal
            return _watched(view, args, kwargs) if is_staff else view(*args, **kwargs)

        guarded.guard = name  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def _watched(view: Callable[..., Any], args: Any, kwargs: Any) -> Response:
    """The answer of a page of staff, once everybody whom it names stands in the log. If the log
    cannot be written, nothing is shown.
    """
    with seen.watching("list.view", UNNAMED) as watch:
        answer = current_app.make_response(view(*args, **kwargs))
        shows_nobody = answer.status_code in range(300, 400) or "HX-Redirect" in answer.headers
        if not shows_nobody and (found := watch.unlogged()):
            audit.record_looks(_looker(watch.action, watch.purpose), found)
    return answer


def _looker(action: str, purpose: str) -> audit.Looker:
    person = the_viewer()
    return audit.Looker(person.user_id, person.audit_role, action, purpose)


def to_log_in() -> Response:
    """303 to the log-in page, which leads back here (after a post: to the page with the form);
    inside htmx the whole page goes there. A form in which somebody typed comes back with the refusal.
    """
    if refusals.kept():
        abort(401)
    where = url_for("identity.log_in", next=_page_of_the_request())
    if is_htmx():
        return Response("", 200, {"HX-Redirect": where})
    return cast(Response, redirect(where, 303))


def _page_of_the_request() -> str:
    """The path of the page that the person sees: this one, or the one whose form or piece this is."""
    if request.method == "GET" and not is_htmx():
        return request.full_path.rstrip("?")
    seen = split_address(request.headers.get("HX-Current-URL") or request.headers.get("Referer"))
    is_ours, home = seen.netloc == request.host, url_for("home.show_home")
    return (
        safe_next(seen.path + (f"?{seen.query}" if seen.query else ""), home) if is_ours else home
    )


def _logged_in(allowed: Callable[[Viewer], bool]) -> Callable[[], Response | None]:
    def check() -> Response | None:
        person = viewer()
        if person is None:
            return to_log_in()
        if not allowed(person):
            abort(403)
        return _as_helper(person)

    return check


def _visitor() -> Response | None:
    person = viewer()
    if person is None:
        return None if current_owner_id() is not None else to_log_in()
    if person.is_staff and person.owner_id is None:
        abort(403)
    return _as_helper(person)


def _as_helper(person: Viewer) -> Response | None:
    """A helper stays within the power of attorney, and every page and deed of hers stands in the
    log that the citizen reads.

    Pages that are about her own log-in (sessions, whom she acts for) concern no citizen.
    """
    if not person.is_helper or person.citizen_id is None or request.blueprint in OWN_AREAS:
        return None
    if not rules.helper_may(person.scope, request.endpoint, house().hers_alone):
        if request.blueprint == "home":
            return cast(Response, redirect(url_for("booking.list_meetings"), 303))
        abort(403)
    action = "helper.view" if request.method in ("GET", "HEAD") else "helper.act"
    looker = audit.Looker(person.user_id, "helper", action, request.endpoint or "")
    audit.record_look(looker, person.citizen_id)
    return None


def _public() -> Response | None:
    """Everybody. A lesson is public, but what a helper reads and writes in it is the citizen's."""
    person = viewer()
    shows_her_work = (
        person is not None
        and person.is_helper
        and person.owner_id is not None
        and request.blueprint in WORK_AREAS
    )
    return _as_helper(person) if person is not None and shows_her_work else None


OWN_AREAS = frozenset({"identity", "log_ins"})
WORK_AREAS = frozenset({"learning", "path", "courses"})
public = _guard("public", _public)
signed_link = _guard("signed_link", lambda: None)
visitor = _guard("visitor", _visitor)
account_required = _guard("account_required", _logged_in(lambda person: True))
citizen_required = _guard(
    "citizen_required", _logged_in(lambda person: person.citizen_id is not None)
)
caseworker_required = _guard(
    "caseworker_required", _logged_in(lambda person: person.may(Grant.CASEWORKER))
)
coordinator_required = _guard(
    "coordinator_required", _logged_in(lambda person: person.may(Grant.COORDINATOR))
)
admin_required = _guard("admin_required", _logged_in(lambda person: person.may(Grant.ADMIN)))
demo_only = _guard("demo_only", lambda: None if current_app.config["DEMO"] else abort(404))
operator = _guard(
    "operator",
    lambda: None if request.remote_addr in current_app.config["METRICS_ALLOWED"] else abort(404),
)
GUARDS = frozenset(
    {
        "public",
        "signed_link",
        "visitor",
        "account_required",
        "citizen_required",
        "caseworker_required",
        "coordinator_required",
        "admin_required",
        "demo_only",
        "operator",
    }
)


def citizen_id() -> UUID:
    """Whose page this is, behind `citizen_required`: the person herself, or whom a helper acts for."""
    found = the_viewer().citizen_id
    if found is None:
        abort(403)
    return found


# --- owners of self-service work
# ------------------------------------------------------------------------------


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(vault.signing_keys(), salt="draft")


def draft_cookie_owner() -> UUID | None:
    """The draft that this browser's cookie points at; unchecked against the database."""
    try:
        return UUID(_serializer().loads(request.cookies.get(DRAFT_COOKIE, "")))
    except (BadSignature, ValueError, TypeError):
        return None


def current_owner_id() -> UUID | None:
    """Whose work is being read: the citizen's or visitor's own, else the draft behind the cookie,
    else None.
    """
    person = viewer()
    if person is not None:
        return cast(UUID | None, g.get("made_owner_id", person.owner_id))
    if "draft_owner_id" not in g:
        owner_id = draft_cookie_owner()
        g.draft_owner_id = owner_id if owner_id and queries.find_draft(owner_id) else None
    return cast(UUID | None, g.draft_owner_id)


def ensure_owner_id() -> UUID:
    """Whose work is being written; makes the owner row (or a draft with its cookie) on first need.
    Opens its own transaction. Without a log-in there is a budget, and nothing is made for nothing.
    """
    owner_id, person = current_owner_id(), viewer()
    if person is None:
        budget_http.spend(owner_id)
    if owner_id is not None:
        return owner_id
    if person is None and budget_http.is_empty_form():
        abort(redirect(_page_of_the_request(), 303))
    if person is not None and person.scope is not Scope.ALL:
        abort(403)
    with write():
        if person is None:
            owner = services.start_draft(clock.now())
        elif person.citizen_id is not None:
            owner = services.owner_of_citizen(person.citizen_id)
        else:
            owner = services.owner_of_visitor(person.user_id)
    if person is None:
        remember_draft(owner.id)
    else:
        g.made_owner_id = owner.id
    return owner.id


def working_owner_id() -> UUID | None:
    """Whose work this request is about: made on first need when it writes, only looked up when it
    reads.
    """
    return ensure_owner_id() if request.method == "POST" else current_owner_id()


def remember_draft(owner_id: UUID) -> None:
    """Points this browser at a draft for 90 days; the cookie leaves with the answer of this
    request.
    """
    g.draft_owner_id = owner_id
    g.draft_cookie = _serializer().dumps(str(owner_id))


def forget_draft() -> None:
    """Removes the pointer from this browser."""
    g.draft_owner_id = None
    g.draft_cookie = ""


def send_draft_cookie(response: Response) -> Response:
    """After each request: sets or removes the draft cookie when the view asked for it."""
    value = g.get("draft_cookie")
    is_shared = device.is_shared()
    if value is None and is_shared and not response.direct_passthrough:
        value = request.cookies.get(DRAFT_COOKIE)  # in use: the half hour begins anew
    if value is None:
        return response
    if value:
        response.set_cookie(
            DRAFT_COOKIE,
            value,
            max_age=device.DRAFT_SECONDS if is_shared else DRAFT_COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    else:
        response.delete_cookie(
            DRAFT_COOKIE,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def hides_contact() -> bool:
    """Whether address, phone and e-mail of the person whose page this is stay hidden: a helper never
    reads them.
    """
    person = viewer()
    return person is not None and person.is_helper


def look_at(citizen: UUID, action: str, purpose: str) -> None:
    """Audits that staff opens a page about a citizen, before it is read. If the log cannot be
    written, nothing is shown.
    """
    audit.record_look(_looker(action, purpose), citizen)
    if (watch := seen.current()) is not None:
        watch.logged.add(citizen)
