"""Teams: who belongs where, and which new citizens come to which team."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import team_services as teams
from jobunivers.caseload.forms import TeamForm, target_group_choices
from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.forms import options
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("teams_admin", __name__)


def _form(**defaults: Any) -> TeamForm:
    form = TeamForm.from_request(**defaults)
    form.target_groups.choices = options(target_group_choices())
    form.members.choices = options(
        (str(user_id), name) for user_id, name in teams.list_caseworkers()
    )
    return form


def _save(form: TeamForm, team: teams.TeamOverview | None) -> ResponseReturnValue:
    if form.submitted():
        try:
            with write():
                teams.save_team(
                    team.id if team else None, by_user_id=the_viewer().user_id, **form.values()
                )
            flash(_("The team is saved."), "good")
            return go_to(url_for(".list_teams"))
        except Conflict:
            form.name.errors = [_("There is already a team with that name.")]
    return invalid("caseload/admin_team.html", form=form, team=team)


@bp.get("")
@admin_required
def list_teams() -> ResponseReturnValue:
    """All teams with members and the number of citizens."""
    return page(
        "caseload/admin_teams.html",
        teams=teams.list_overview(),
        groups=dict(target_group_choices()),
    )


@bp.get("/new")
@admin_required
def show_new_team() -> ResponseReturnValue:
    """The form for a new team."""
    return page("caseload/admin_team.html", form=_form(), team=None)


@bp.post("/new")
@admin_required
def add_team() -> ResponseReturnValue:
    """Makes a team."""
    return _save(_form(), None)


@bp.get("/<uuid:team_id>")
@admin_required
def show_team(team_id: UUID) -> ResponseReturnValue:
    """Name, members and target groups of a team."""
    team = teams.get_overview(team_id)
    form = _form(
        name=team.name,
        target_groups=list(team.target_groups),
        members=[str(member) for member in team.members],
    )
    return page("caseload/admin_team.html", form=form, team=team)


@bp.post("/<uuid:team_id>")
@admin_required
def change_team(team_id: UUID) -> ResponseReturnValue:
    """Saves a team."""
    return _save(_form(), teams.get_overview(team_id))
