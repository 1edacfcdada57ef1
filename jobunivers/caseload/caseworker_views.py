"""Citizens of a caseworker: list, intake, helpers, log-ins that match nobody yet.
The one page of a citizen is composed in portal.
"""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import ending_services as endings
from jobunivers.caseload import queries, rules, services
from jobunivers.caseload.forms import (
    ContactForm,
    EmailLogInForm,
    HelperForm,
    IntakeForm,
    language_choices,
)
from jobunivers.caseload.types import CaseloadRow
from jobunivers.identity import queries as identity
from jobunivers.identity.access import caseworker_required, look_at, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, Stale
from jobunivers.shared.web import go_to, invalid, page, page_or_block

bp = Blueprint("caseload", __name__)
TEAM, ENDED = "team", "ended"


@bp.get("")
@caseworker_required
def list_citizens() -> ResponseReturnValue:
    """The own caseload, the whole team's or cases that have ended, by name, fifty at a time."""
    search, who, me = (
        request.args.get("name", "")[:100],
        request.args.get("who", ""),
        the_viewer().user_id,
    )
    rows = _read(me, search, who)
    shown = rows[: queries.PAGE]
    more = (
        url_for(".list_citizens", name=search or None, who=who or None, after=f"{shown[-1].id}")
        if len(rows) > queries.PAGE
        else None
    )
    return page_or_block(
        "caseload/citizens.html",
        "citizen_list",
        rows=shown,
        weeks={row.id: rules.weeks_out_of_work(row, clock.today()) for row in shown},
        count=None
        if who == ENDED
        else queries.count_caseload(me, search=search, whole_team=who == TEAM),
        cap=queries.COUNT_CAP,
        names=dict(language_choices()),
        search=search,
        who=who,
        more=more,
    )


def _read(me: UUID, search: str, who: str) -> list[CaseloadRow]:
    some: dict[str, Any] = {"search": search, "after": _cursor(), "limit": queries.PAGE + 1}
    if who == ENDED:
        return endings.list_ended(me, **some)
    return queries.list_caseload(me, whole_team=who == TEAM, **some)


def _cursor() -> tuple[str, UUID] | None:
    """Where the last page ended: the id of its last citizen, if the viewer may see that one."""
    try:
        last = UUID(request.args.get("after", ""))
    except ValueError:
        return None
    citizen = queries.get_citizen_for(the_viewer().user_id, last)
    return citizen.name_key, citizen.id


@bp.route("/new", methods=["GET", "POST"])
@caseworker_required
def register() -> ResponseReturnValue:
    """Intake by hand, for somebody who comes by or calls."""
    form = IntakeForm(
        request.form if request.method == "POST" else None,
        teams=[(str(team.id), team.name) for team in queries.list_teams()],
    )
    if not form.submitted():
        return (
            invalid("caseload/new_citizen.html", form=form)
            if request.method == "POST"
            else page("caseload/new_citizen.html", form=form)
        )
    try:
        with write():
            citizen = services.admit(
                **form.intake(), now=clock.now(), by_user_id=the_viewer().user_id
            )
    except services.AlreadyKnown:
        form.cpr.errors = [
            _(
                "This CPR number is registered already. Search for the person by name; a "
                "colleague in another team may have her."
            )
        ]
        return invalid("caseload/new_citizen.html", form=form)
    flash(_("%(name)s is registered.", name=citizen.name), "good")
    is_ours = the_viewer().user_id in queries.staff_who_see(citizen.id)
    return go_to(
        url_for("citizen_page.show_citizen", citizen_id=citizen.id, because="meeting")
        if is_ours
        else url_for(".list_citizens")
    )


@bp.route("/<uuid:citizen_id>/contact", methods=["GET", "POST"])
@caseworker_required
def change_contact(citizen_id: UUID) -> ResponseReturnValue:
    """Contact details, written down for the citizen."""
    citizen = queries.get_citizen_for(the_viewer().user_id, citizen_id)
    form = (
        ContactForm(request.form)
        if request.method == "POST"
        else ContactForm(obj=citizen).opened_with(citizen)
    )
    if not form.submitted():
        return _contact_page(citizen, form)
    who: dict[str, Any] = {"by_user_id": the_viewer().user_id, "by_role": the_viewer().audit_role}
    try:
        with write():
            services.change_details(
                citizen_id, "contact", form.values(), version=form.version.data, **who
            )
    except Stale as stale:
        form.show_both(cast(dict[str, Any], stale.current))
        return _contact_page(citizen, form, status=409)
    return _back_to(citizen_id)


@bp.post("/<uuid:citizen_id>/email-log-in")
@caseworker_required
def change_email_log_in(citizen_id: UUID) -> ResponseReturnValue:
    """A citizen who cannot get MitID may log in by e-mail, or no longer may."""
    citizen, form = (
        queries.get_citizen_for(the_viewer().user_id, citizen_id),
        EmailLogInForm(request.form),
    )
    try:
        with write():
            services.allow_email_log_in(
                citizen_id, is_allowed=form.is_allowed.data, by_user_id=the_viewer().user_id
            )
    except Conflict:
        form.is_allowed.errors = [
            _(
                "This needs an e-mail address that is hers alone. Write it above first; "
                "no other log-in may have it."
            )
        ]
        return _contact_page(citizen, ContactForm(obj=citizen).opened_with(citizen), log_in=form)
    flash(_("Saved."), "good")
    return go_to(url_for(".change_contact", citizen_id=citizen_id))


def _contact_page(
    citizen: Any, form: Any, *, log_in: Any = None, status: int | None = None
) -> ResponseReturnValue:
    opens = identity.email_that_opens(citizen.id)
    return _form_page(
        "caseload/contact.html",
        citizen,
        form,
        log_in=log_in or EmailLogInForm(data={"is_allowed": opens is not None}),
        opens=opens,
        status=status,
    )


@bp.route("/<uuid:citizen_id>/helpers", methods=["GET", "POST"])
@caseworker_required
def show_helpers(citizen_id: UUID) -> ResponseReturnValue:
    """Who may act for the citizen, and a form for one more."""
    citizen = queries.get_citizen_for(the_viewer().user_id, citizen_id)
    form = HelperForm.from_request()
    if not form.submitted():
        return _form_page(
            "caseload/helpers.html", citizen, form, helpers=queries.list_helpers(citizen_id)
        )
    try:
        with write():
            services.give_power_of_attorney(
                citizen_id, **_helper_values(form), by_user_id=the_viewer().user_id
            )
    except Conflict:
        form.email.errors = [
            _(
                "This address belongs to a member of staff or to a citizen, who cannot be a helper with it."
            )
        ]
        return _form_page(
            "caseload/helpers.html", citizen, form, helpers=queries.list_helpers(citizen_id)
        )
    return go_to(url_for(".show_helpers", citizen_id=citizen_id))


def _helper_values(form: Any) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "email": form.email.data,
        "scope": form.scope.data,
        "valid_to": form.valid_to.data,
    }


@bp.post("/<uuid:citizen_id>/helpers/<uuid:power_id>/end")
@caseworker_required
def end_helper(citizen_id: UUID, power_id: UUID) -> ResponseReturnValue:
    """The helper may no longer act for the citizen."""
    queries.get_citizen_for(the_viewer().user_id, citizen_id)
    with write():
        services.end_power_of_attorney(
            citizen_id, power_id, now=clock.now(), by_user_id=the_viewer().user_id
        )
    return go_to(url_for(".show_helpers", citizen_id=citizen_id))


def _form_page(
    template: str, citizen: Any, form: Any, *, status: int | None = None, **more: Any
) -> ResponseReturnValue:
    """A form about one citizen: the look is logged, also when the form came back with errors (422),
    for it shows the same.
    """
    purpose = "own_caseload" if queries.is_own_citizen(the_viewer().user_id, citizen.id) else "team"
    look_at(citizen.id, "citizen.view", purpose)
    return page(
        template,
        status or (422 if request.method == "POST" else 200),
        citizen=citizen,
        form=form,
        **more,
    )


def _back_to(citizen_id: UUID) -> ResponseReturnValue:
    return go_to(
        url_for(
            "citizen_page.show_citizen", citizen_id=citizen_id, because=request.args.get("because")
        )
    )
