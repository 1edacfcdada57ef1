"""Citizens of a caseworker: list, intake, helpers, log-ins that match nobody yet.
The one page of a citizen is composed in portal.
"""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import ending_services as endings
from jobunivers.caseload import finding_queries, queries, rules, services
from jobunivers.caseload import way_in_services as ways_in
from jobunivers.caseload import wish_queries as wishes
from jobunivers.caseload.forms import (
    EmailLogInForm,
    HelperForm,
    IntakeForm,
    StaffContactForm,
    language_choices,
)
from jobunivers.caseload.gate_access import open_citizen, remember
from jobunivers.caseload.types import CaseloadRow, Purpose, WayIn
from jobunivers.identity import queries as identity
from jobunivers.identity.access import caseworker_required, look_at, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotAllowed, Stale
from jobunivers.shared.seen import not_shown, reading_for
from jobunivers.shared.web import go_to, invalid, page, page_or_block

bp = Blueprint("caseload", __name__)
TEAM, ENDED = "team", "ended"
VIEW = "citizen.view"
LISTS = {TEAM: "team_list", ENDED: "ended_list"}


@bp.get("")
@caseworker_required
def list_citizens() -> ResponseReturnValue:
    """The own caseload, the whole team's or cases that have ended, by name, fifty at a time."""
    search, who, me = (
        request.args.get("name", "")[:100],
        request.args.get("who", ""),
        the_viewer().user_id,
    )
    reading_for("search" if search else LISTS.get(who, "caseload"))
    rows = _read(me, search, who)
    shown = rows[: queries.PAGE]
    not_shown(row.id for row in rows[queries.PAGE :])
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
        waiting=wishes.count_for_staff(me, clock.now()),
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
    return queries.name_key_of(the_viewer().user_id, last), last


@bp.post("/find")
@caseworker_required
def find_by_number() -> ResponseReturnValue:
    """To the citizen with a CPR number or a phone number. Posted, so that no number stands in an
    address or a log.
    """
    found = finding_queries.find_by_number(
        the_viewer().user_id, request.form.get("number", "")[:60]
    )
    if found is None:
        flash(_("Nobody in your teams has that number, or more than one person has it."), "info")
        return go_to(url_for(".list_citizens"))
    return go_to(url_for("citizen_page.show_citizen", citizen_id=found))


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
    except services.AlreadyKnown as known:
        look_at(known.citizen_id, "citizen.asked_cpr", Purpose.INTAKE.value)
        form.cpr.errors = [
            _(
                "This CPR number is registered already. Search for the person by name; a "
                "colleague in another team may have her."
            )
        ]
        return invalid("caseload/new_citizen.html", form=form)
    flash(_("%(name)s is registered.", name=citizen.name), "good")
    return _to_page_of(citizen.id)


def _to_page_of(citizen_id: UUID) -> ResponseReturnValue:
    """To whom one has just taken in; to the list when another team has her."""
    if the_viewer().user_id not in queries.staff_who_see(citizen_id):
        return go_to(url_for(".list_citizens"))
    remember(citizen_id, Purpose.INTAKE)
    return go_to(url_for("citizen_page.show_citizen", citizen_id=citizen_id))


@bp.route("/<uuid:citizen_id>/contact", methods=["GET", "POST"])
@caseworker_required
def change_contact(citizen_id: UUID) -> ResponseReturnValue:
    """Contact details, written down for the citizen."""
    citizen = _open_contact(citizen_id)
    form = (
        StaffContactForm(request.form)
        if request.method == "POST"
        else StaffContactForm(obj=citizen).opened_with(citizen)
    )
    form.stored_email = citizen.email
    if not form.submitted():
        return _contact_page(citizen, form)
    try:
        with write():
            waits = ways_in.change_contact(
                citizen_id,
                form.values(),
                version=form.version.data,
                reason=form.reason.data or "",
                by_user_id=the_viewer().user_id,
                by_role=the_viewer().audit_role,
                now=clock.now(),
            )
    except Stale as stale:
        form.show_both(cast(dict[str, Any], stale.current))
        return _contact_page(citizen, form, status=409)
    except Conflict:
        form.email.errors = [_("This address belongs to a member of staff.")]
        return _contact_page(citizen, form)
    if waits:
        flash(_("The new e-mail address waits for a yes. %(who)s", who=_who_says_yes()), "good")
    return _back_to(citizen_id)


def _open_contact(citizen_id: UUID) -> Any:
    """The citizen, for pages that show how she is reached. Raises NotAllowed when her name and address
    are protected from the reader.
    """
    citizen = open_citizen(citizen_id, VIEW)
    if not queries.reads_contact(the_viewer().user_id, citizen):
        raise NotAllowed
    return citizen


def _who_says_yes() -> str:
    words = _("She can say yes herself, or a colleague of yours can. Until then nothing changes.")
    return str(words)


@bp.post("/<uuid:citizen_id>/email-log-in")
@caseworker_required
def change_email_log_in(citizen_id: UUID) -> ResponseReturnValue:
    """A citizen who cannot get MitID may log in by e-mail, or no longer may."""
    citizen, form = _open_contact(citizen_id), EmailLogInForm(request.form)
    contact = StaffContactForm(obj=citizen).opened_with(citizen)
    if not form.submitted():
        return _contact_page(citizen, contact, log_in=form)
    try:
        with write():
            _allow_email(citizen_id, form)
    except Conflict:
        form.is_allowed.errors = [
            _(
                "This needs an e-mail address that is hers alone. Write it above first; "
                "no other log-in may have it."
            )
        ]
        return _contact_page(citizen, contact, log_in=form)
    flash(_who_says_yes() if form.is_allowed.data else _("Saved."), "good")
    return go_to(url_for(".change_contact", citizen_id=citizen_id))


def _allow_email(citizen_id: UUID, form: EmailLogInForm) -> None:
    """Taking it back holds at once; opening waits for a yes."""
    who, now = the_viewer().user_id, clock.now()
    if form.is_allowed.data:
        ways_in.ask_for_email(citizen_id, reason=form.why_mail.data or "", by_user_id=who, now=now)
    else:
        services.allow_email_log_in(citizen_id, is_allowed=False, by_user_id=who, now=now)


def _contact_page(
    citizen: Any, form: Any, *, log_in: Any = None, status: int | None = None
) -> ResponseReturnValue:
    opens = identity.email_that_opens(citizen.id)
    waiting = {row.way.value for row in wishes.list_about(citizen.id, clock.now())}
    return _form_page(
        "caseload/contact.html",
        citizen,
        form,
        log_in=log_in or EmailLogInForm(data={"is_allowed": opens is not None}),
        opens=opens,
        waiting=waiting,
        status=status,
    )


@bp.route("/<uuid:citizen_id>/helpers", methods=["GET", "POST"])
@caseworker_required
def show_helpers(citizen_id: UUID) -> ResponseReturnValue:
    """Who may act for the citizen, and a form for one more."""
    citizen = open_citizen(citizen_id, VIEW)
    form = HelperForm.from_request()
    if not form.submitted():
        return _helpers_page(citizen, form)
    try:
        with write():
            ways_in.ask_for_helper(
                citizen_id,
                _helper_values(form),
                reason=form.reason.data or "",
                by_user_id=the_viewer().user_id,
                now=clock.now(),
            )
    except Conflict:
        form.email.errors = [
            _(
                "This address belongs to a member of staff or to a citizen, who cannot be a helper with it."
            )
        ]
        return _helpers_page(citizen, form)
    flash(_who_says_yes(), "good")
    return go_to(url_for(".show_helpers", citizen_id=citizen_id))


def _helpers_page(citizen: Any, form: HelperForm) -> ResponseReturnValue:
    return _form_page(
        "caseload/helpers.html",
        citizen,
        form,
        helpers=queries.list_helpers(citizen.id),
        waiting=[
            row.params["name"]
            for row in wishes.list_about(citizen.id, clock.now())
            if row.way is WayIn.HELPER
        ],
    )


def _helper_values(form: HelperForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "email": form.email.data,
        "scope": form.scope.data,
        "valid_to": form.valid_to.data.isoformat() if form.valid_to.data else None,
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
    """A form about one citizen; also with errors (422) it shows the same."""
    return page(
        template,
        status or (422 if request.method == "POST" else 200),
        citizen=citizen,
        form=form,
        **more,
    )


def _back_to(citizen_id: UUID) -> ResponseReturnValue:
    return go_to(url_for("citizen_page.show_citizen", citizen_id=citizen_id))
