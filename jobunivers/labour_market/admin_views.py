"""The barometer, as an administrator keeps it: the next quarter from the last one, occupations in
their order, published.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.labour_market import catalogue, pages, queries, services, words
from jobunivers.labour_market.forms import MoveForm, PublishForm
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("barometer_admin", __name__)
LIST, EDITION, MOVE = (
    "labour_market/admin_barometer.html",
    "labour_market/admin_edition.html",
    "labour_market/admin_move.html",
)


@bp.get("")
@admin_required
def list_editions() -> ResponseReturnValue:
    """What is in force, and the quarters there have been."""
    profile = current_profile()
    in_force, editions = queries.find_edition_in_force(), queries.list_editions()
    quarter = in_force.quarter if in_force else catalogue.barometers(profile)[0].quarter
    return page(
        LIST,
        editions=editions,
        in_force=in_force,
        quarter=quarter,
        is_public=catalogue.is_published(profile),
        words=words,
    )


@bp.post("")
@admin_required
def start_edition() -> ResponseReturnValue:
    """A draft of the next quarter, or of the same one to mend it."""
    with write():
        edition = services.start_edition(
            current_profile(),
            is_mending=request.form.get("what") == "mend",
            by_user_id=the_viewer().user_id,
        )
    return go_to(url_for(".show_edition", edition_id=edition.id))


def _edition(edition_id: UUID, form: PublishForm | None = None) -> dict[str, Any]:
    edition, profile = queries.get_edition(edition_id), current_profile()
    form = form or PublishForm(
        data={
            "is_example": edition.is_example,
            **{f"source_{code}": text for code, text in edition.source.items()},
        }
    )
    boards = pages.boards(profile, edition, choose_locale())
    return {
        "edition": edition,
        "boards": boards,
        "form": form,
        "words": words,
        "is_public": catalogue.is_published(profile),
    }


@bp.get("/<uuid:edition_id>")
@admin_required
def show_edition(edition_id: UUID) -> ResponseReturnValue:
    """One quarter: each area with its categories; a draft can be changed."""
    return page(EDITION, **_edition(edition_id))


@bp.route("/<uuid:edition_id>/<area>/<code>", methods=["GET", "POST"])
@admin_required
def move_occupation(edition_id: UUID, area: str, code: str) -> ResponseReturnValue:
    """Another category, another place in it, or out."""
    edition, profile = queries.get_edition(edition_id), current_profile()
    boards = pages.boards(profile, edition, choose_locale())
    board = next((board for board in boards if board.area == area), None)
    if board is None or code not in catalogue.occupations() or edition.published_at:
        abort(404)
    now_at = board.place_of(code) if request.method == "GET" else None
    form = MoveForm(request.form, titles=board.others(code), data=now_at)
    if not form.submitted():
        title, status = catalogue.title(code, choose_locale()), 422 if form.errors else 200
        return page(MOVE, status, form=form, edition=edition, board=board, title=title, words=words)
    (category, after), me = form.place(), the_viewer().user_id
    with write():
        services.move_occupation(
            edition_id, area, code, category, after=after, profile=profile, by_user_id=me
        )
    return go_to(url_for(".show_edition", edition_id=edition_id, _anchor=f"{area}-{code}"))


@bp.post("/<uuid:edition_id>/publish")
@admin_required
def publish_edition(edition_id: UUID) -> ResponseReturnValue:
    """In force from now on."""
    form = PublishForm.from_request()
    context = _edition(edition_id, form)
    if not form.submitted():
        return invalid(EDITION, **context)
    with write():
        edition = services.publish(
            edition_id,
            source=form.source(),
            is_example=form.is_example.data,
            by_user_id=the_viewer().user_id,
            now=clock.now(),
        )
    flash(
        _("In use from now on: %(quarter)s.", quarter=words.quarter_name(edition.quarter)), "good"
    )
    return go_to(url_for(".list_editions"))


@bp.post("/<uuid:edition_id>/delete")
@admin_required
def drop_draft(edition_id: UUID) -> ResponseReturnValue:
    """Throws a draft away."""
    with write():
        services.drop_draft(edition_id, by_user_id=the_viewer().user_id)
    flash(_("The draft is deleted."), "good")
    return go_to(url_for(".list_editions"))
