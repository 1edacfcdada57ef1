"""Public pages that belong to no feature."""

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import public
from jobunivers.portal import figure_pages as figures
from jobunivers.portal import said_pages as said
from jobunivers.portal import text_catalogue as texts
from jobunivers.screening import catalogue as screening
from jobunivers.shared import clock
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.page_cache import same_for_everybody
from jobunivers.shared.web import page

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
@same_for_everybody
def front() -> ResponseReturnValue:
    """The front page: what this is, and three ways to begin."""
    return page("portal/front.html")


@bp.get("/help")
@public
@same_for_everybody
def help_page() -> ResponseReturnValue:
    """Whom to talk to, how to get paper or an interpreter, and what the Danish words mean."""
    code = choose_locale()
    return page("portal/help.html", text=texts.page_text("help", code), words=texts.word_list(code))


@bp.get("/privacy")
@public
@same_for_everybody
def privacy() -> ResponseReturnValue:
    """What is stored, why, and who sees it."""
    return page(
        "portal/text.html",
        text=texts.page_text("privacy", choose_locale()),
        dpo_email=current_app.config["PROFILE"].dpo_email,
    )


@bp.get("/accessibility")
@public
@same_for_everybody
def accessibility() -> ResponseReturnValue:
    """What works, what does not, and how to say so."""
    return page(
        "portal/text.html", text=texts.page_text("accessibility", choose_locale()), dpo_email=None
    )


@bp.get("/was")
@public
def was() -> ResponseReturnValue:
    """The address that the public sector's tool expects."""
    return redirect(url_for(".accessibility"), 303)


@bp.get("/how-we-screen")
@public
@same_for_everybody
def how_we_screen() -> ResponseReturnValue:
    """How the offers of more help come about."""
    code = choose_locale()
    text, switches = texts.page_text("how-we-screen", code), current_app.config["PROFILE"].screening
    return page(
        "portal/how_we_screen.html",
        text=text,
        needs=screening.needs_in_words(code),
        factors=screening.how_we_screen(code),
        switches=switches,
    )


@bp.get("/figures")
@public
@same_for_everybody
def show_figures() -> ResponseReturnValue:
    """Numbers about the site and its use; small ones are not shown."""
    now = clock.now()
    quarter, questions = said.by_all(now)
    text, counted = texts.page_text("figures", choose_locale()), figures.count_all(now)
    return page(
        "portal/figures.html", text=text, figures=counted, quarter=quarter, questions=questions
    )


@bp.get("/deleted")
@public
def show_deleted() -> ResponseReturnValue:
    """The receipt after somebody deleted her work, draft or account; she may no longer be logged
    in.
    """
    return page("portal/deleted.html")
