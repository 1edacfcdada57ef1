"""The editor's list: which texts there are in which state, mistakes that readers saw, what helped;
and signing texts off.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.learning import catalogue, services
from jobunivers.learning import editor_pages as editor
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound, Stale
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, page

bp = Blueprint("content_admin", __name__)
TEXT = "learning/admin_text.html"


@bp.get("")
@admin_required
def show_content() -> ResponseReturnValue:
    """Modules by language with their states, open mistakes, and how many were helped."""
    return page(
        "learning/admin_content.html",
        **editor.overview(choose_locale(), current_app.config["LOCALES"], clock.today()),
    )


@bp.get("/<module>")
@admin_required
def show_module(module: str) -> ResponseReturnValue:
    """One module: each text in each language, with its state."""
    found = catalogue.get_module(module)
    return page(
        "learning/admin_module.html",
        module=found,
        texts=editor.texts_of(found, current_app.config["LOCALES"]),
        codes=current_app.config["LOCALES"],
    )


@bp.get("/<module>/<text>/<language>")
@admin_required
def show_text(module: str, text: str, language: str) -> ResponseReturnValue:
    """One text with the Danish beside it, to read before one signs it off."""
    return page(TEXT, **_text(module, text, language), was_stale=False)


@bp.post("/<module>/<text>/<language>")
@admin_required
def sign_off(module: str, text: str, language: str) -> ResponseReturnValue:
    """The editor answers for the version that she read; 409 when it changed meanwhile."""
    shown = _text(module, text, language)
    try:
        with write():
            services.sign_off(
                shown["place"],
                shown["text"],
                seen=request.form.get("version", ""),
                by_user_id=the_viewer().user_id,
                now=clock.now(),
            )
    except Stale:
        return page(TEXT, 409, **shown, was_stale=True)
    sign_offs.forget()
    flash(_("The text is signed off. The mark is gone until the text changes."), "good")
    return go_to(url_for(".show_module", module=module))


@bp.post("/mistakes/<uuid:mistake_id>/handle")
@admin_required
def handle_mistake(mistake_id: UUID) -> ResponseReturnValue:
    """Takes a reported mistake off the list."""
    with write():
        services.handle_mistake(mistake_id, by_user_id=the_viewer().user_id, now=clock.now())
    flash(_("The mistake is marked as handled."), "good")
    return go_to(url_for(".show_content", _anchor="mistakes"))


def _text(module: str, text: str, language: str) -> dict[str, Any]:
    found = editor.find_text(module, text, language)
    if found is None:
        raise NotFound(f"{module}/{text}/{language}")
    return found
