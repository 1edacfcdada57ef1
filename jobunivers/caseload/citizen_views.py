"""The citizen's own settings: language, how we reach her, the safe way to tell her news, what a
meeting needs.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import queries, services
from jobunivers.caseload import wish_queries as wishes
from jobunivers.caseload.forms import (
    ChannelForm,
    ContactForm,
    LanguageForm,
    MeetingNeedsForm,
)
from jobunivers.caseload.words import SCOPES, WAYS
from jobunivers.identity import services as identity
from jobunivers.identity.access import account_required, citizen_id, citizen_required, the_viewer
from jobunivers.identity.session_http import METHOD_KEY
from jobunivers.identity.types import AuthMethod
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Stale
from jobunivers.shared.forms import BaseForm
from jobunivers.shared.i18n import choose_locale, keep_language
from jobunivers.shared.web import go_to, invalid, page, page_or_block, saved

bp = Blueprint("settings", __name__)
PAGE = "caseload/settings.html"


@bp.get("")
@account_required
def show_settings() -> ResponseReturnValue:
    """Everything one can set; people without a case set their language only."""
    return page(PAGE, **_context(the_viewer().citizen_id))


@bp.post("/language")
@account_required
def save_language() -> ResponseReturnValue:
    """The language of pages, and of messages and letters when it is the citizen herself who
    chooses.
    """
    form = LanguageForm.from_request()
    person = the_viewer()
    if not form.submitted():
        return invalid(PAGE, "language_section", **_context(person.citizen_id, language=form))
    with write():
        identity.choose_language(person.user_id, form.locale.data)
        if person.citizen_id and not person.is_helper:
            services.change_details(
                person.citizen_id,
                "language",
                {"locale": form.locale.data},
                by_user_id=person.user_id,
                by_role=person.audit_role,
                now=clock.now(),
            )
    return keep_language(go_to(url_for(".show_settings")), form.locale.data)


@bp.post("/contact")
@citizen_required
def save_contact() -> ResponseReturnValue:
    """E-mail, phone and address."""
    return _save("contact", ContactForm.from_request())


@bp.post("/channel")
@citizen_required
def save_channel() -> ResponseReturnValue:
    """How we may tell her that there is news."""
    citizen = queries.get_citizen(citizen_id())
    return _save(
        "channel",
        ChannelForm.from_request().reachable_by(
            email=citizen.email, phone=citizen.phone, address=citizen.address
        ),
    )


@bp.post("/meetings")
@citizen_required
def save_meetings() -> ResponseReturnValue:
    """Interpreter and access."""
    return _save("meetings", MeetingNeedsForm.from_request())


@bp.post("/helpers/<uuid:power_id>/end")
@citizen_required
def end_helper(power_id: UUID) -> ResponseReturnValue:
    """She ends a power of attorney herself: the helper is logged out at once."""
    with write():
        services.end_power_of_attorney(
            citizen_id(),
            power_id,
            now=clock.now(),
            by_user_id=the_viewer().user_id,
            by_role="citizen",
        )
    flash(_("The helper can no longer act for you."), "good")
    return go_to(url_for(".show_settings", _anchor="set-helpers"))


def _save(section: str, form: Any) -> ResponseReturnValue:
    person, block = the_viewer(), f"{section}_section"
    address = queries.get_citizen(citizen_id()).email
    if not form.submitted():
        return invalid(PAGE, block, **_context(citizen_id(), **{section: form}))
    who: dict[str, Any] = {"by_user_id": person.user_id, "by_role": person.audit_role}
    try:
        with write():
            services.change_details(
                citizen_id(),
                section,
                form.values(),
                version=form.version.data,
                now=clock.now(),
                **who,
            )
    except Stale as stale:
        form.show_both(stale.current)
        return page_or_block(PAGE, block, 409, **_context(citizen_id(), **{section: form}))
    if _was_let_in_by(address):
        return go_to(
            url_for("email_log_in.show", next=url_for(".show_settings"))
        )  # what the old address opened has ended
    return saved(
        PAGE,
        block,
        fallback=url_for(".show_settings", _anchor=f"set-{section}"),
        **_context(citizen_id()),
    )


def _was_let_in_by(address: str | None) -> bool:
    """Whether the change just saved has ended this session: it came by a link to the address
    that was hers until now.
    """
    is_by_mail = session.get(METHOD_KEY) == AuthMethod.EMAIL_LINK.value
    return is_by_mail and queries.get_citizen(citizen_id()).email != address


def _context(citizen: UUID | None, **given: BaseForm) -> dict[str, Any]:
    """The forms of the page as they stand, with the posted one in place."""
    forms: dict[str, BaseForm] = {"language": LanguageForm(data={"locale": choose_locale()})}
    changes: dict[str, Any] = {}
    if citizen is not None:
        record = queries.get_citizen(citizen)
        changes = queries.list_last_changes(citizen)
        if not the_viewer().is_helper:
            forms["contact"] = ContactForm(obj=record).opened_with(record)
            channel = {
                "channel": record.channel.value,
                "digital_post_exempt": record.digital_post_exempt,
            }
            forms["channel"] = ChannelForm(data=channel).opened_with(record)
        forms["meetings"] = MeetingNeedsForm(obj=record).opened_with(record)
    is_herself = citizen is not None and not the_viewer().is_helper
    return {
        "forms": {**forms, **given},
        "changes": changes,
        "helpers": queries.list_helpers(citizen) if citizen and is_herself else [],
        "wishes": wishes.list_about(citizen, clock.now()) if citizen and is_herself else [],
        "ways": WAYS,
        "scopes": SCOPES,
    }
