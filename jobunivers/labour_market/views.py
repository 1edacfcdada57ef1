"""What is in demand: the job barometer, open to everybody where the municipality publishes it."""

from flask import Blueprint, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import ensure_owner_id, public, viewer
from jobunivers.labour_market import catalogue, pages, queries
from jobunivers.labour_market import ports as keeping
from jobunivers.labour_market.types import Occupation
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotAllowed
from jobunivers.shared.i18n import DEFAULT_LOCALE, choose_locale
from jobunivers.shared.page_cache import same_while
from jobunivers.shared.web import go_to, page, page_or_block

bp = Blueprint("in_demand", __name__)


def _stamp() -> str:
    edition = queries.find_edition_in_force()
    return str(edition.id) if edition else ""


@bp.get("")
@public
def show_in_demand() -> ResponseReturnValue:
    """The four categories in words; with `q`, `field` and `area` those that fit."""
    if not catalogue.is_published(current_profile()):
        return page("labour_market/not_published.html")
    return _barometer() if request.args.get("q") else _kept_barometer()


@same_while(_stamp)
def _kept_barometer() -> ResponseReturnValue:
    return _barometer()


def _barometer() -> ResponseReturnValue:
    locale = choose_locale()
    query, field = request.args.get("q", "").strip()[:60], request.args.get("field", "")
    shown = pages.shown(locale, request.args.get("area", ""))
    found = pages.groups(shown.barometer, pages.find(query, field, locale), locale)
    return page_or_block(
        "labour_market/in_demand.html",
        "results",
        shown=shown,
        groups=found,
        query=query,
        field=field,
        fields=pages.fields(locale),
    )


@bp.get("/<code>")
@public
def show_occupation(code: str) -> ResponseReturnValue:
    """One occupation: where it stands, and what one can do now."""
    if code not in catalogue.occupations() or not catalogue.is_published(current_profile()):
        abort(404)
    return _kept_occupation(catalogue.occupations()[code])


@same_while(_stamp)
def _kept_occupation(job: Occupation) -> ResponseReturnValue:
    locale = choose_locale()
    title, places = catalogue.title(job.code, locale), pages.places(job.code, locale)
    return page(
        "labour_market/occupation.html",
        job=job,
        title=title,
        places=places,
        shown=pages.shown(locale),
    )


@bp.post("/<code>/goal")
@public
def keep_title(code: str) -> ResponseReturnValue:
    """Puts the Danish title, which adverts use, on the reader's job goals; a first thing kept makes
    a draft.
    """
    if code not in catalogue.occupations():
        abort(404)
    person = viewer()
    if person is not None and person.is_staff and person.owner_id is None:
        raise NotAllowed("staff keeps no goals")
    owner_id, title = ensure_owner_id(), catalogue.title(code, DEFAULT_LOCALE)
    with write():
        keeping.keep_title(owner_id, title)
    flash(_("“%(title)s” is on your job goals.", title=title), "good")
    return go_to(url_for("goals.show_goals"))
