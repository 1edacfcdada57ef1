"""Programmes and courses of the municipality: what there is, for whom, and one tap to ask about it
at the next meeting.
"""

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import citizen_required, ensure_owner_id, public, viewer
from jobunivers.labour_market import ports as keeping
from jobunivers.labour_market import programme_catalogue as programmes
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.i18n import DEFAULT_LOCALE
from jobunivers.shared.page_cache import same_while
from jobunivers.shared.profile_types import Whom
from jobunivers.shared.web import go_to, page_or_block

bp = Blueprint("programmes", __name__)
LIST = "labour_market/programmes.html"


def _today() -> str:
    return clock.today().isoformat()


@bp.get("")
@public
@same_while(_today)
def show_programmes() -> ResponseReturnValue:
    """Those that hold today, by group; with `whom` those that fit."""
    asked, person = request.args.get("whom", ""), viewer()
    whom = Whom(asked) if asked in set(Whom) else Whom.EVERYBODY
    found = programmes.in_force(current_profile().programmes, clock.today())
    if whom is not Whom.EVERYBODY:
        found = programmes.fitting(found, whom)
    may_ask = person is not None and person.citizen_id is not None
    return page_or_block(
        LIST,
        "results",
        shelves=programmes.shelves(found, whom),
        whom=whom,
        names=programmes.whom_names(),
        may_ask=may_ask,
        rules=programmes,
    )


@bp.post("/<code>/ask")
@citizen_required
def ask_about(code: str) -> ResponseReturnValue:
    """Puts the programme, by its Danish name, on the points of her next meeting."""
    found = programmes.find(current_profile().programmes, code, clock.today())
    if found is None or not programmes.may_be_asked_about(found):
        abort(404)
    owner_id, text = (
        ensure_owner_id(),
        _("I would like to hear about: %(name)s", name=found.name[DEFAULT_LOCALE]),
    )
    with write():
        where = keeping.ask_at_meeting(owner_id, text, clock.now())
    flash(_("It is on your points for the next meeting. Your caseworker sees it there."), "good")
    return go_to(where)
