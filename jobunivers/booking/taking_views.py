"""From a wish to a booked time: the same pages for the citizen and for staff who book on her
behalf.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, request

from jobunivers.booking import diary_services, queries, services, words
from jobunivers.booking import offer_queries as offers
from jobunivers.booking import request_views as requests
from jobunivers.booking.forms import BookForm
from jobunivers.booking.request_views import Wanted
from jobunivers.booking.types import Actor, MeetingLine
from jobunivers.contact import queries as contact
from jobunivers.identity.access import hides_contact
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotFound
from jobunivers.shared.web import go_to, invalid, page, page_or_block

CHOOSE, BOOK, CONFIRM, TAKEN, ENOUGH = (
    "booking/choose.html",
    "booking/book.html",
    "booking/confirm.html",
    "booking/taken.html",
    "booking/enough.html",
)


@dataclass(frozen=True)
class Pages:
    """Who books, and the addresses of her pages. `call` is empty where nobody needs to be asked."""

    by: Actor
    layout: str
    back: str
    back_label: str
    book: str
    confirm: str
    take: str
    call: str
    show: Callable[[UUID], str]

    @property
    def is_office(self) -> bool:
        return self.by.is_office


def call_key(citizen_id: UUID, want: Wanted) -> str:
    """One call a day about one meeting."""
    return f"call:{want.need.id if want.need else want.kind.code}:{citizen_id}:{clock.today()}"


def _wanted(citizen_id: UUID, pages: Pages) -> Wanted | None:
    return requests.wanted(citizen_id, for_citizen=not pages.is_office)


def _ask(citizen_id: UUID, want: Wanted, pages: Pages) -> offers.Ask:
    return requests.ask_for(citizen_id, want, is_office=pages.is_office)


def show_times(citizen_id: UUID, pages: Pages, now: datetime) -> Response:
    """What kind of meeting; then how, and the free times. A citizen's vain look is noted in her
    favour. Who is exempt sees no countdown.
    """
    want, today = _wanted(citizen_id, pages), clock.danish_day(now)
    if want is None and (meeting_id := _booked_already(citizen_id)):
        return go_to(pages.show(meeting_id))
    if want and (enough := _enough(citizen_id, want, pages, now)):
        return page(ENOUGH, meetings=enough, want=want, words=words, now=now, pages=pages)
    is_called = not contact.books_herself(citizen_id, today)
    if want is None:
        kinds = [
            kind
            for kind in current_profile().meeting_kinds
            if kind.bookable_by_citizen or pages.is_office
        ]
        return page(
            CHOOSE,
            needs=contact.list_open_needs(citizen_id),
            kinds=kinds,
            is_called=is_called,
            words=words,
            today=today,
            pages=pages,
        )
    offer = offers.look(_ask(citizen_id, want, pages), now)
    if not offer.is_in_time and want.from_on is None and not pages.is_office:
        with write():
            last_day = want.need.deadline_on if want.need else None
            diary_services.record_vain_search(
                citizen_id,
                want.kind.code,
                want.form,
                deadline_on=last_day,
                found=offer.count,
                now=now,
                ask=True,
            )
    was_asked = pages.call and (request.args.get("asked") or not offer.is_in_time)
    all_asked = contact.list_asked(citizen_id, now) if was_asked else {}
    asked = all_asked.get(call_key(citizen_id, want))
    return page_or_block(
        BOOK,
        "times",
        want=want,
        offer=offer,
        asked=asked,
        is_called=is_called,
        words=words,
        today=today,
        pages=pages,
    )


def show_confirm(citizen_id: UUID, pages: Pages, now: datetime) -> Response:
    """The question before anything is booked, filled in from her record."""
    want = _wanted(citizen_id, pages)
    if want is None:
        return go_to(pages.book)
    slot, hosts = offers.find_slot(_ask(citizen_id, want, pages), want.slot, now)
    if slot is None:
        return _taken(citizen_id, want, None, pages)
    interpreter = (
        want.interpreter if want.interpreter is not None else bool(hosts.interpreter_language)
    )
    given: dict[str, Any] = {
        "request_key": BookForm.new_key(),
        "interpreter": "yes" if interpreter else "no",
        "slot": want.slot,
        **want.fields(),
    }
    form = BookForm(
        data={
            **given,
            "phone": "" if hides_contact() else hosts.phone,
            "interpreter_language": hosts.interpreter_language,
            "access_needs": hosts.access_needs,
        }
    )
    return page(
        CONFIRM,
        want=want,
        slot=slot,
        host_name=hosts.names[slot.host_id],
        form=form,
        words=words,
        pages=pages,
    )


def save(citizen_id: UUID, pages: Pages, now: datetime) -> Response:
    """Books. The same form twice is one meeting; a time that is gone leads to the next free ones
    (409).
    """
    form = BookForm.from_request()
    if known := queries.find_by_request_key(citizen_id, form.request_key.data):
        return go_to(pages.show(known.id))
    want = _wanted(citizen_id, pages)
    if want is None:
        return _met_elsewhere(citizen_id, pages)
    if enough := _enough(citizen_id, want, pages, now):
        return page(ENOUGH, 409, meetings=enough, want=want, words=words, now=now, pages=pages)
    ask = _ask(citizen_id, want, pages)
    slot, hosts = offers.find_slot(ask, want.slot, now)
    if slot is None:
        return _taken(citizen_id, want, form, pages)
    if not form.submitted():
        return invalid(
            CONFIRM,
            want=want,
            slot=slot,
            host_name=hosts.names[slot.host_id],
            form=form,
            words=words,
            pages=pages,
        )
    try:
        with write():
            choice = offers.choice_of(ask, slot, **form.wishes())
            meeting = services.book(
                citizen_id, choice, by=pages.by, now=now, request_key=form.request_key.data
            )
    except (services.EnoughComing, services.NeedIsMet):
        return go_to(pages.book)  # from two windows at once: what is booked stands there
    except Conflict:
        return _taken(citizen_id, want, form, pages)
    return go_to(pages.show(meeting.id))


def _met_elsewhere(citizen_id: UUID, pages: Pages) -> Response:
    """The invitation is met: to the meeting that another window booked. Raises NotFound."""
    if (meeting_id := _booked_already(citizen_id)) is None:
        raise NotFound
    return go_to(pages.show(meeting_id))


def _booked_already(citizen_id: UUID) -> UUID | None:
    """The meeting that the invitation in the address led to: another window was faster."""
    need_id = request.values.get("need", type=UUID)
    return queries.find_by_need(citizen_id, need_id) if need_id else None


def _enough(citizen_id: UUID, want: Wanted, pages: Pages, now: datetime) -> list[MeetingLine]:
    """Her coming meetings of that kind, when there are as many as she may book herself. Who was
    invited may always book, and staff decides itself.
    """
    if want.need or pages.is_office:
        return []
    coming = queries.list_coming(citizen_id, want.kind.code, now)
    return coming if len(coming) >= want.kind.most_coming else []


def _taken(citizen_id: UUID, want: Wanted, form: BookForm | None, pages: Pages) -> Response:
    """Somebody was faster: the next free times, with everything she chose kept."""
    offer = offers.look(_ask(citizen_id, want, pages), clock.now())
    return page(
        TAKEN,
        409,
        want=want,
        offer=offer,
        form=form,
        new_key=BookForm.new_key(),
        words=words,
        pages=pages,
    )
