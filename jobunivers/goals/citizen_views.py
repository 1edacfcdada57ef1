"""Job goals on three tracks."""

from flask import Blueprint, abort, current_app, url_for
from flask.typing import ResponseReturnValue

from jobunivers.goals import queries, services
from jobunivers.goals.types import TRACKS
from jobunivers.identity.access import current_owner_id, ensure_owner_id, visitor, working_owner_id
from jobunivers.shared.editing import LinesForm, answer, filled
from jobunivers.shared.web import page

bp = Blueprint("goals", __name__)


@bp.get("")
@visitor
def show_goals() -> ResponseReturnValue:
    """The three tracks with my job titles."""
    return page(
        "goals/show.html",
        tracks=current_app.config["PROFILE"].tracks,
        goals=queries.list_goals(current_owner_id()),
    )


@bp.route("/<track>", methods=["GET", "POST"])
@visitor
def edit_track(track: str) -> ResponseReturnValue:
    """Job titles on one track."""
    if track not in TRACKS:
        abort(404)
    owner_id = working_owner_id()
    stored = {"lines": queries.list_goals(owner_id)[track]}
    form = filled(LinesForm, stored, lines="\n".join(stored["lines"]))

    def save() -> None:
        services.change_track(
            ensure_owner_id(), track, form.values()["lines"], version=form.version.data
        )

    words = current_app.config["PROFILE"].track(track)
    return answer(
        form,
        "goals/track.html",
        save=save,
        stored=lambda: {"lines": queries.list_goals(owner_id)[track]},
        done=url_for(".show_goals"),
        track=words,
    )
