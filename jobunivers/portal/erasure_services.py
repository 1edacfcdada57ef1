"""Erasing across features: what a citizen may delete herself, and a whole case when its time is
over (docs/privacy.md).
"""

import contextlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jobunivers.caseload import erasure_services as erasure
from jobunivers.caseload.rules import months_before
from jobunivers.identity import services as identity
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening import services as screening
from jobunivers.shared import audit, clock, erasures
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.logs import say

ERASE = "portal.erase"
NIGHTLY_HOUR = 5
BATCH = 20


@dataclass(frozen=True)
class Receipt:
    """Proof that somebody was erased: her hash in the log (never her id) and how many rows of which
    table went.
    """

    subject: str
    rows: dict[str, int]


def erase_own_work(citizen_id: UUID, owner_id: UUID | None, *, now: datetime) -> None:
    """What she made herself: CV, letters, notes, plan; answers about health; a questionnaire that
    she has not finished, so nobody has used it.
    """
    if owner_id is not None:
        identity.delete_owner(owner_id)
    screening.erase_own_answers(citizen_id, now=now)
    erasures.note_when_done(str(logbook.subject(citizen_id)), "own_work")
    audit.record(
        "citizen.erased_own_work", actor_id=None, actor_role="citizen", citizen_id=citizen_id
    )


def erase_citizen(citizen_id: UUID, *, by_role: str) -> Receipt:
    """Erases a citizen whose case is over, in the caller's transaction. Raises NotFound, and
    Conflict while she is out of work.
    """
    erasure.last_day(citizen_id)
    receipt = Receipt(str(logbook.subject(citizen_id)), erasure.count_rows(citizen_id))
    screening.erase_citizen(citizen_id, now=clock.now())
    receipt.rows["audit_event"] = audit.cut(citizen_id, why="citizen erased", by_role=by_role)
    erasure.erase(citizen_id)
    erasures.note_when_done(receipt.subject, "case")
    audit.record(
        "citizen.erased",
        actor_id=None,
        actor_role=by_role,
        subject=receipt.subject,
        rows=receipt.rows,
    )
    return receipt


def is_kept(citizen_id: UUID, today: date) -> bool:
    """Whether the time for which the profile keeps cases is not over yet. Raises NotFound, and
    Conflict while she is out of work.
    """
    months, ended_on = current_profile().case_kept_months, erasure.last_day(citizen_id)
    return months is not None and ended_on is not None and ended_on >= months_before(today, months)


@outbox.handles(ERASE)
def erase_what_is_over(_payload: dict[str, Any], now: datetime) -> None:
    """Nightly: answers of questionnaires after their months, and whole cases when the profile says
    after how many. One citizen a transaction.
    """
    profile, today = current_profile(), clock.danish_day(now)
    with write():
        last = months_before(today, profile.answers_kept_months)
        answers = screening.forget_answers(last, now=now)
    erased = 0
    while profile.case_kept_months is not None:
        due = erasure.list_erasable(months_before(today, profile.case_kept_months), limit=BATCH)
        for citizen_id in due:
            with (
                contextlib.suppress(Conflict),
                write(),
            ):  # whose case was opened again meanwhile stays; the others do not wait for her
                erase_citizen(citizen_id, by_role="system")
                erased += 1
        if len(due) < BATCH:
            break
    say("cases erased", citizens=erased, questionnaires=answers)


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(ERASE, nightly_hour=NIGHTLY_HOUR)
