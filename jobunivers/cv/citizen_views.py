"""The CV: one page that reads like it, and one page a part to edit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from jobunivers.cv import export_file as export
from jobunivers.cv import queries, rules, services, version_queries
from jobunivers.cv.check_words import check_text
from jobunivers.cv.forms import EntryForm, HeadForm, LineForm, NewLinesForm, ProfileForm
from jobunivers.cv.section_words import all_section_words, section_words
from jobunivers.cv.types import CONTACT, DATED, Section
from jobunivers.identity.access import (
    current_owner_id,
    ensure_owner_id,
    hides_contact,
    viewer,
    visitor,
    working_owner_id,
)
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.editing import answer, filled
from jobunivers.shared.once import once
from jobunivers.shared.web import go_to, page, saved

bp = Blueprint("cv", __name__)
SECTION_PAGE = "cv/section.html"


@bp.get("")
@visitor
def show_cv() -> ResponseReturnValue:
    """The whole CV as it will be read, what Danish employers look for, and the files."""
    cv = queries.find_cv(current_owner_id())
    content = queries.content_of(cv)
    found_checks = rules.check(content, export.paper(content), clock.today())
    checks = [check_text(check) for check in found_checks]
    shown: dict[str, Any] = {
        "content": content.without_contact() if hides_contact() else content,
        "checks": checks,
        "sections": all_section_words(),
        "dated": DATED,
        "period": export.period,
    }
    return page("cv/show.html", cv=cv, versions=version_queries.list_versions(cv), **shown)


@bp.route("/head", methods=["GET", "POST"])
@visitor
def edit_head() -> ResponseReturnValue:
    """Name, title, contact, language of the CV."""
    owner_id = working_owner_id()
    cv = queries.find_cv(owner_id)
    stored = _head_of(owner_id)
    form = filled(HeadForm, stored, **_suggested_name(stored))
    for hidden in set(queries.head_of(cv)) - set(stored):
        del form[hidden]

    def save() -> Any:
        return services.change_head(
            ensure_owner_id(), form.values(), version=form.version.data, now=clock.now()
        )

    return answer(
        form,
        "cv/head.html",
        save=save,
        stored=lambda: _head_of(owner_id),
        done=url_for(".show_cv"),
        saved_at=cv.changed_at if cv else None,
    )


def _head_of(owner_id: UUID | None) -> dict[str, Any]:
    """What the form edits; a helper neither reads nor changes how she is reached."""
    head = queries.head_of(queries.find_cv(owner_id))
    return {name: head[name] for name in head if not (hides_contact() and name in CONTACT)}


def _suggested_name(stored: dict[str, Any]) -> dict[str, str]:
    person = viewer()
    return {"name": person.name} if person and not person.is_helper and not stored["name"] else {}


@bp.route("/profile", methods=["GET", "POST"])
@visitor
def edit_profile() -> ResponseReturnValue:
    """The profile text, saved while it is written."""
    owner_id = working_owner_id()
    cv = queries.find_cv(owner_id)
    form = filled(ProfileForm, queries.profile_of(cv))

    def save() -> Any:
        return services.change_profile(
            ensure_owner_id(), form.values(), version=form.version.data, now=clock.now()
        )

    return answer(
        form,
        "cv/profile.html",
        save=save,
        stored=lambda: queries.profile_of(queries.find_cv(owner_id)),
        done=url_for(".show_cv"),
        saved_at=cv.changed_at if cv else None,
    )


def _section(code: str) -> Section:
    try:
        return Section(code)
    except ValueError:
        abort(404)


def _section_context(section: Section) -> dict[str, Any]:
    entries = queries.list_entries(queries.find_cv(current_owner_id()), section)
    return {
        "section": section,
        "words": section_words(section),
        "entries": entries,
        "is_dated": section in DATED,
        "period": export.period,
    }


@bp.get("/sections/<section_code>")
@visitor
def show_section(section_code: str) -> ResponseReturnValue:
    """One section: its entries with what one can do to them, and room for a new one."""
    return page(SECTION_PAGE, **_section_context(_section(section_code)), form=NewLinesForm())


@bp.post("/sections/<section_code>")
@visitor
@once
def add_lines(section_code: str) -> ResponseReturnValue:
    """New lines in a section without dates."""
    section, form = _section(section_code), NewLinesForm.from_request()
    if section in DATED:
        abort(404)
    if not form.submitted():
        return page(SECTION_PAGE, 422, **_section_context(section), form=form)
    owner_id = ensure_owner_id()
    with write():
        services.add_lines(owner_id, section, form.values()["lines"], now=clock.now())
    return go_to(url_for(".show_section", section_code=section.value))


@bp.route("/sections/<section_code>/new", methods=["GET", "POST"])
@visitor
@once
def add_entry(section_code: str) -> ResponseReturnValue:
    """A new job or education."""
    section, form = _section(section_code), EntryForm.from_request()
    if section not in DATED:
        abort(404)
    if not form.submitted():
        return page(
            "cv/entry.html",
            422 if form.errors else 200,
            form=form,
            entry=None,
            section=section,
            words=section_words(section),
            is_dated=True,
        )
    owner_id = ensure_owner_id()
    with write():
        services.add_entry(owner_id, section, form.values(), now=clock.now())
    return go_to(url_for(".show_section", section_code=section.value))


@bp.route("/entries/<uuid:entry_id>", methods=["GET", "POST"])
@visitor
def edit_entry(entry_id: UUID) -> ResponseReturnValue:
    """A job, an education or a line."""
    owner_id = current_owner_id()
    entry = queries.get_entry_for(owner_id, entry_id)
    section, is_dated = entry.section, entry.section in DATED
    form = _entry_form(queries.entry_values(entry), is_dated)

    def stored() -> dict[str, Any]:
        now = queries.entry_values(queries.get_entry_for(owner_id, entry_id))
        return {name: value for name, value in now.items() if name in form}

    def save() -> Any:
        return services.change_entry(
            ensure_owner_id(), entry_id, form.values(), version=form.version.data, now=clock.now()
        )

    back = url_for(".show_section", section_code=section.value)
    return answer(
        form,
        "cv/entry.html",
        save=save,
        stored=stored,
        done=back,
        entry=entry,
        section=section,
        words=section_words(section),
        is_dated=is_dated,
    )


def _entry_form(values: dict[str, Any], is_dated: bool) -> Any:
    if not is_dated:
        return filled(LineForm, {"title": values["title"]})
    months = {name: rules.shown_month(values[name]) for name in ("started", "ended")}
    return filled(EntryForm, values, **months, points="\n".join(values["points"]))


@bp.post("/entries/<uuid:entry_id>/up")
@visitor
def move_up(entry_id: UUID) -> ResponseReturnValue:
    """One place up."""
    return _moved(services.move_up, entry_id)


@bp.post("/entries/<uuid:entry_id>/down")
@visitor
def move_down(entry_id: UUID) -> ResponseReturnValue:
    """One place down."""
    return _moved(services.move_down, entry_id)


def _moved(move: Callable[..., None], entry_id: UUID) -> ResponseReturnValue:
    owner_id = ensure_owner_id()
    section = queries.get_entry_for(owner_id, entry_id).section
    with write():
        move(owner_id, entry_id, now=clock.now())
    return saved(
        SECTION_PAGE,
        "entry_list",
        fallback=url_for(".show_section", section_code=section.value),
        **_section_context(section),
        form=NewLinesForm(),
    )


@bp.post("/entries/<uuid:entry_id>/delete")
@visitor
def delete_entry(entry_id: UUID) -> ResponseReturnValue:
    """Takes an entry out."""
    owner_id = ensure_owner_id()
    section = queries.get_entry_for(owner_id, entry_id).section
    with write():
        services.delete_entry(owner_id, entry_id, now=clock.now())
    return go_to(url_for(".show_section", section_code=section.value))
