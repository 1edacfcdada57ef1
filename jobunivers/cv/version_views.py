"""Versions of the CV for one job: made from the full CV, which stays as it is."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.cv import export_file as export
from jobunivers.cv import rules, version_queries
from jobunivers.cv import version_services as versions
from jobunivers.cv.check_words import check_text
from jobunivers.cv.forms import ChoiceForm, LineForm, NewVersionForm, VersionForm, WordsForm
from jobunivers.cv.section_words import all_section_words, section_words
from jobunivers.cv.types import DATED, Section
from jobunivers.identity.access import (
    current_owner_id,
    ensure_owner_id,
    hides_contact,
    visitor,
)
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.editing import answer, filled
from jobunivers.shared.forms import SHORT, options
from jobunivers.shared.once import once
from jobunivers.shared.web import go_to, page, saved

bp = Blueprint("cv_versions", __name__)
SECTION_PAGE = "cv/version_section.html"


def _get(version_id: UUID) -> version_queries.VersionInFull:
    return version_queries.get_version_for(current_owner_id(), version_id)


def _page_of(version_id: UUID) -> str:
    return url_for(".show_version", version_id=version_id)


@bp.route("/new", methods=["GET", "POST"])
@visitor
@once
def start_version() -> ResponseReturnValue:
    """A name for a new version, which begins with everything in it."""
    form = NewVersionForm.from_request()
    if not form.submitted():
        return page("cv/version_new.html", 422 if form.errors else 200, form=form)
    owner_id = ensure_owner_id()
    with write():
        version_id = versions.start_version(owner_id, form.values()["name"], now=clock.now()).id
    return go_to(url_for(".choose", version_id=version_id))


@bp.get("/<uuid:version_id>")
@visitor
def show_version(version_id: UUID) -> ResponseReturnValue:
    """The version as it will be read, what the full CV says differently since, what employers look
    for, and the files.
    """
    found = _get(version_id)
    content = found.content()
    found_checks = rules.check(content, export.paper(content), clock.today())
    checks = [check_text(check) for check in found_checks]
    shown: dict[str, Any] = {
        "content": content.without_contact() if hides_contact() else content,
        "checks": checks,
        "sections": all_section_words(),
        "dated": DATED,
        "period": export.period,
    }
    return page("cv/version.html", version=found.version, late=found.to_decide(), **shown)


@bp.route("/<uuid:version_id>/top", methods=["GET", "POST"])
@visitor
def edit_top(version_id: UUID) -> ResponseReturnValue:
    """Name of the version, job title and profile text in it."""
    found = _get(version_id)
    form = filled(VersionForm, versions.top_values(found))

    def save() -> Any:
        return versions.change_top(
            ensure_owner_id(), version_id, form.values(), version=form.version.data, now=clock.now()
        )

    def stored() -> Any:
        return versions.top_values(_get(version_id))

    context = {"chosen": found.version, "differences": found.differences(None)}
    return answer(
        form,
        "cv/version_top.html",
        save=save,
        stored=stored,
        done=_page_of(version_id),
        saved_at=found.version.changed_at,
        **context,
    )


@bp.route("/<uuid:version_id>/choose", methods=["GET", "POST"])
@visitor
def choose(version_id: UUID) -> ResponseReturnValue:
    """Which jobs, educations and lines of the full CV go in."""
    found = _get(version_id)
    form = filled(ChoiceForm, versions.pick_values(found))
    form.entries.choices = options((str(entry.id), entry.title) for entry in found.cv.entries)

    def save() -> Any:
        return versions.choose(
            ensure_owner_id(),
            version_id,
            form.values()["entries"],
            version=form.version.data,
            now=clock.now(),
        )

    def stored() -> Any:
        return versions.pick_values(_get(version_id))

    groups = [
        (words, [entry for entry in found.cv.entries if entry.section == words.section])
        for words in all_section_words()
    ]
    context = {"chosen": found.version, "groups": groups, "period": export.period}
    return answer(
        form,
        "cv/version_choose.html",
        save=save,
        stored=stored,
        done=_page_of(version_id),
        saved_at=found.version.changed_at,
        **context,
    )


@bp.get("/<uuid:version_id>/sections/<section_code>")
@visitor
def show_section(version_id: UUID, section_code: str) -> ResponseReturnValue:
    """One section of the version: its order, and words for this job only."""
    if section_code not in set(Section):
        abort(404)
    return page(SECTION_PAGE, **_section_context(_get(version_id), Section(section_code)))


def _section_context(found: version_queries.VersionInFull, section: Section) -> dict[str, Any]:
    rows = [(pick, found.entry(pick)) for pick in found.picks(section)]
    return {
        "chosen": found.version,
        "rows": rows,
        "words": section_words(section),
        "period": export.period,
    }


@bp.route("/<uuid:version_id>/entries/<uuid:entry_id>", methods=["GET", "POST"])
@visitor
def edit_words(version_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """A job, an education or a line in the words of this version."""
    found = _get(version_id)
    values, section = versions.entry_words(found, entry_id), found.entries[entry_id].section
    is_dated = section in DATED
    form = _words_form(values, is_dated)

    def save() -> Any:
        owner_id, seen, now = ensure_owner_id(), form.version.data, clock.now()
        return versions.change_entry(
            owner_id, version_id, entry_id, form.values(), version=seen, now=now
        )

    def stored() -> Any:
        now = versions.entry_words(_get(version_id), entry_id)
        return {name: value for name, value in now.items() if name in form}

    back = url_for(".show_section", version_id=version_id, section_code=section.value)
    context: dict[str, Any] = {
        "chosen": found.version,
        "words": section_words(section),
        "is_dated": is_dated,
        "differences": versions.differences_of(found, entry_id),
    }
    return answer(form, "cv/version_entry.html", save=save, stored=stored, done=back, **context)


def _words_form(values: dict[str, Any], is_dated: bool) -> WordsForm | LineForm:
    if not is_dated:
        return filled(LineForm, {"title": values["title"]})
    return filled(WordsForm, values, points="\n".join(values["points"]))


@bp.post("/<uuid:version_id>/entries/<uuid:entry_id>/up")
@visitor
def move_up(version_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """One place up in this version."""
    return _moved(version_id, entry_id, -1)


@bp.post("/<uuid:version_id>/entries/<uuid:entry_id>/down")
@visitor
def move_down(version_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """One place down in this version."""
    return _moved(version_id, entry_id, 1)


def _moved(version_id: UUID, entry_id: UUID, step: int) -> ResponseReturnValue:
    owner_id = ensure_owner_id()
    with write():
        versions.move(owner_id, version_id, entry_id, step, now=clock.now())
    found = _get(version_id)
    section = found.entries[entry_id].section
    fallback = url_for(".show_section", version_id=version_id, section_code=section.value)
    return saved(SECTION_PAGE, "entry_list", fallback=fallback, **_section_context(found, section))


@bp.post("/<uuid:version_id>/decide")
@visitor
def decide_top(version_id: UUID) -> ResponseReturnValue:
    """Her own title or profile text, or that of the full CV."""
    return _decided(version_id, None)


@bp.post("/<uuid:version_id>/entries/<uuid:entry_id>/decide")
@visitor
def decide_entry(version_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Her own words for an entry, or those of the full CV."""
    return _decided(version_id, entry_id)


def _decided(version_id: UUID, entry_id: UUID | None) -> ResponseReturnValue:
    owner_id, sent = ensure_owner_id(), request.form
    with write():
        versions.decide(
            owner_id,
            version_id,
            entry_id,
            sent.get("field", ""),
            seen=sent.get("seen", ""),
            keep=sent.get("keep") == "mine",
            now=clock.now(),
        )
    return go_to(_page_of(version_id))


@bp.post("/<uuid:version_id>/copy")
@visitor
@once
def copy_version(version_id: UUID) -> ResponseReturnValue:
    """The same under another name, to go on from for a similar job."""
    owner_id, name = ensure_owner_id(), _("Copy of %(name)s", name=_get(version_id).version.name)
    with write():
        copied = versions.copy_version(owner_id, version_id, name[:SHORT], now=clock.now())
    return go_to(url_for(".edit_top", version_id=copied.id))


@bp.post("/<uuid:version_id>/delete")
@visitor
def delete_version(version_id: UUID) -> ResponseReturnValue:
    """Throws the version away; the full CV stays."""
    owner_id = ensure_owner_id()
    with write():
        versions.delete_version(owner_id, version_id)
    return go_to(url_for("cv.show_cv"))
