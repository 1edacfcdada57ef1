"""Everything known about me, and who has looked; to read, to take along, to delete."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from wtforms import BooleanField

from jobunivers.identity import queries as identity_queries
from jobunivers.identity import services as identity
from jobunivers.identity.access import current_owner_id, forget_draft, viewer, visitor
from jobunivers.identity.types import Viewer
from jobunivers.portal import erasure_services as erasing
from jobunivers.portal import everything_queries as everything
from jobunivers.portal import words as labels
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.forms import BaseForm, required
from jobunivers.shared.web import FORGET_ALL, go_to, page

bp = Blueprint("data", __name__)
LOOKS = 50
LARGEST = 2**31


class DeleteForm(BaseForm):
    """A deliberate yes."""

    is_sure = BooleanField(validators=[required()])


@bp.get("")
@visitor
def show_data() -> ResponseReturnValue:
    """Everything we know, in words, and who has looked."""
    person = viewer()
    looks, older = _looks(person)
    found = everything.collect(person, current_owner_id(), for_file=False)
    shown: dict[str, Any] = {
        "parts": labels.readable(found),
        "looks": looks,
        "older": older,
        "words": labels.LOOK_WORDS,
        "helper_parts": _about_the_helper(person),
    }
    return page(
        "portal/data.html",
        **shown,
        owner_id=current_owner_id(),
        deletes=what_can_be_deleted(person),
    )


def _looks(person: Viewer | None) -> tuple[list[everything.Look], str | None]:
    """One page of who has looked, and where the earlier ones stand."""
    if person is None or person.citizen_id is None:
        return [], None
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < LARGEST:
        before = None
    found = everything.looks_at(person.citizen_id, before=before, limit=LOOKS + 1)
    shown = found[:LOOKS]
    more = len(found) > LOOKS
    return shown, url_for(".show_data", before=shown[-1].number, _anchor="looks") if more else None


def _about_the_helper(person: Viewer | None) -> list[Any]:
    """A helper's own log-in, apart from what is the citizen's."""
    return (
        labels.readable({"account": identity_queries.everything_about_user(person.user_id)})
        if person and person.is_helper
        else []
    )


@bp.get("/everything.json")
@visitor
def download_json() -> ResponseReturnValue:
    """The same for programs."""
    text = everything.as_json(everything.collect(viewer(), current_owner_id()))
    return Response(
        text,
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="everything.json"'},
    )


@bp.get("/everything.zip")
@visitor
def download_zip() -> ResponseReturnValue:
    """JSON and a readable page in one file."""
    person = viewer()
    found = everything.collect(person, current_owner_id())
    shown = {name: part for name, part in found.items() if name not in ("looks", "records")}
    looks = everything.looks_at(person.citizen_id) if person and person.citizen_id else []
    readable = render_template(
        "portal/data_file.html",
        parts=labels.readable(shown),
        looks=looks,
        words=labels.LOOK_WORDS,
    )
    packed = everything.as_zip(found, readable)
    return Response(
        packed,
        mimetype="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="everything.zip"',
            "Cache-Control": "no-store",
        },
    )


@bp.route("/delete", methods=["GET", "POST"])
@visitor
def delete() -> ResponseReturnValue:
    """Deletes what one has made oneself; a visitor's whole account. A citizen's case stays with the
    municipality.
    """
    form, person, owner_id = DeleteForm.from_request(), viewer(), current_owner_id()
    what = what_can_be_deleted(person)
    if not form.submitted():
        return page(
            "portal/delete.html", status=422 if form.errors else 200, form=form, deletes=what
        )
    with write():
        if person is not None and what == "account" and not person.is_staff:
            identity.delete_account(person.user_id)
        elif person is not None and person.citizen_id is not None:
            erasing.erase_own_work(person.citizen_id, owner_id, now=clock.now())
        elif owner_id is not None:
            identity.delete_owner(owner_id)
    if what == "draft":
        forget_draft()
    elif what == "account":
        logout_user()
    response = go_to(url_for("pages.show_deleted"))
    response.headers["Clear-Site-Data"] = FORGET_ALL
    return response


def what_can_be_deleted(person: Viewer | None) -> str:
    """'draft' without log-in, 'account' for a visitor, 'work' for a citizen."""
    if person is None:
        return "draft"
    return "work" if person.citizen_id is not None else "account"
