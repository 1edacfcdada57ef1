"""Later rounds: "nothing has changed" in one tap, and the word that a round is open."""

from datetime import datetime
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.messages import services as messages
from jobunivers.screening import catalogue, notices, round_queries, services
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import Screening
from jobunivers.screening.types import START, Typist
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound

BATCH = 50


def nothing_has_changed(
    citizen_id: UUID, *, locale: str, now: datetime, by: Typist | None = None
) -> Screening:
    """This round's answers are those of last time; the round is finished. A wish that was decided
    since is not raised anew.

    A second time changes nothing. Raises NotFound when no later round is due or open.
    """
    screening = services.start_screening(citizen_id, locale=locale, now=now, by=by)
    if screening.landmark == START:
        raise NotFound
    if screening.finished_at is None:
        before = round_queries.earlier_answers(screening)
        for question in catalogue.questionnaire(screening.landmark).core:
            if question.key in before:
                services.keep(screening, question, before[question.key], locale, now, by)
        screening.finished_at = now
        answered = {
            "screening": screening.id,
            "round": screening.landmark,
            "version": screening.version,
            "language": locale,
        }
        logbook.append("unchanged", answered | services.typed(by), citizen_id=citizen_id, now=now)
        services.tell_what_was_typed(screening, by, now)
    return screening


def invite_all(now: datetime) -> int:
    """Tells everybody once for whom a round has just opened; voluntary, within the weekly cap and
    outside quiet hours. Returns how many.
    """
    rounds, today, told = catalogue.rounds(), clock.danish_day(now), 0
    for one in rounds.after_start:
        found = round_queries.list_to_invite(one, rounds=rounds, today=today)
        for begin in range(0, len(found), BATCH):
            with write():
                for citizen_id, spell_id in found[begin : begin + BATCH]:
                    key = f"round:{spell_id}:{one.landmark}"
                    messages.notify(
                        caseload.recipient_of(citizen_id),
                        notices.ROUND,
                        {"minutes": one.minutes},
                        now=now,
                        key=key,
                    )
        told += len(found)
    return told
