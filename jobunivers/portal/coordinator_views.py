"""The coordinator: nobody without a next contact, waiting times, decisions, exemptions."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact.notices import kind_name, reason_name
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.identity.types import Grant
from jobunivers.portal import not_reached_pages as not_reached
from jobunivers.portal import overview_pages as overview
from jobunivers.portal import said_pages as said
from jobunivers.portal.figure_pages import all_in_words
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import page

bp = Blueprint("coordinator", __name__)


@bp.get("")
@coordinator_required
def show_overview() -> ResponseReturnValue:
    """The teams at a glance."""
    return page("portal/coordinator.html", overview=overview.read(clock.now()))


@bp.get("/screening")
@coordinator_required
def show_screening() -> ResponseReturnValue:
    """What was decided on flags in the last thirty days, and why."""
    return page("portal/coordinator_screening.html", overview=overview.read(clock.now()))


@bp.get("/exemptions")
@coordinator_required
def list_exemptions() -> ResponseReturnValue:
    """Who of the coordinator's own teams is exempt, why, until when, decided by whom."""
    reading_for("exemptions")
    return page(
        "portal/coordinator_exemptions.html",
        lines=exemptions.list_in_teams(the_viewer().user_id, clock.today()),
        reason_name=reason_name,
    )


@bp.get("/not-reached")
@coordinator_required
def list_not_reached() -> ResponseReturnValue:
    """Whom of her teams our messages did not reach, and why."""
    person = the_viewer()
    reading_for("post", "not_reached.view")
    lines = not_reached.read(person.user_id)
    may_act = Grant.CASEWORKER in person.grants
    return page("portal/not_reached.html", lines=lines, may_act=may_act)


@bp.get("/surveys")
@coordinator_required
def show_surveys() -> ResponseReturnValue:
    """What people say after meetings, by team and kind; never by caseworker."""
    first, last, teams = said.by_team(clock.now())
    return page(
        "portal/coordinator_surveys.html",
        first=first,
        last=last,
        teams=teams,
        kind_name=kind_name,
        counted=all_in_words,
        survey=current_profile().survey,
    )
