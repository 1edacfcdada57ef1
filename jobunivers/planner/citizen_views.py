"""The private planner: things to do, my week, people to contact."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import current_owner_id, ensure_owner_id, visitor
from jobunivers.planner import queries, services
from jobunivers.planner.forms import EntryForm
from jobunivers.planner.types import LISTS
from jobunivers.planner.words import all_list_words, list_words
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.editing import answer, filled
from jobunivers.shared.once import once
from jobunivers.shared.web import go_to, page, saved

bp = Blueprint("planner", __name__)
PAGE = "planner/show.html"


@bp.get("")
@visitor
def show_planner() -> ResponseReturnValue:
    """All three lists."""
    return page(PAGE, lists=all_list_words(), entries=queries.list_entries(current_owner_id()))


@bp.route("/new/<list_name>", methods=["GET", "POST"])
@visitor
@once
def add_entry(list_name: str) -> ResponseReturnValue:
    """A new line."""
    if list_name not in LISTS:
        abort(404)
    form = EntryForm.from_request()
    if not form.submitted():
        return page(
            "planner/entry.html",
            422 if form.errors else 200,
            form=form,
            entry=None,
            words=list_words(list_name),
        )
    owner_id = ensure_owner_id()
    with write():
        services.add_entry(owner_id, list_name, **form.values())
    return go_to(url_for(".show_planner", _anchor=list_name))


@bp.route("/<uuid:entry_id>", methods=["GET", "POST"])
@visitor
def edit_entry(entry_id: UUID) -> ResponseReturnValue:
    """One line."""
    owner_id = current_owner_id()
    entry = queries.get_entry_for(owner_id, entry_id)
    form = filled(EntryForm, queries.entry_values(entry))

    def stored() -> dict[str, Any]:
        return queries.entry_values(queries.get_entry_for(owner_id, entry_id))

    def save() -> None:
        services.change_entry(ensure_owner_id(), entry_id, form.values(), version=form.version.data)

    done = url_for(".show_planner", _anchor=entry.list_name)
    return answer(
        form,
        "planner/entry.html",
        save=save,
        stored=stored,
        done=done,
        entry=entry,
        words=list_words(entry.list_name),
    )


def _list_again(list_name: str) -> ResponseReturnValue:
    """The changed list for htmx, else back to it."""
    entries = queries.list_entries(current_owner_id())
    return saved(
        PAGE,
        "one_list",
        fallback=url_for(".show_planner", _anchor=list_name),
        words=list_words(list_name),
        entries=entries,
    )


@bp.post("/<uuid:entry_id>/done")
@visitor
def tick(entry_id: UUID) -> ResponseReturnValue:
    """Done."""
    owner_id = ensure_owner_id()
    list_name = queries.get_entry_for(owner_id, entry_id).list_name
    with write():
        services.tick(owner_id, entry_id, now=clock.now())
    return _list_again(list_name)


@bp.post("/<uuid:entry_id>/open")
@visitor
def untick(entry_id: UUID) -> ResponseReturnValue:
    """Not done after all."""
    owner_id = ensure_owner_id()
    list_name = queries.get_entry_for(owner_id, entry_id).list_name
    with write():
        services.untick(owner_id, entry_id)
    return _list_again(list_name)


@bp.post("/<uuid:entry_id>/delete")
@visitor
def delete_entry(entry_id: UUID) -> ResponseReturnValue:
    """Takes a line out."""
    owner_id = ensure_owner_id()
    list_name = queries.get_entry_for(owner_id, entry_id).list_name
    with write():
        services.delete_entry(owner_id, entry_id)
    return go_to(url_for(".show_planner", _anchor=list_name))
