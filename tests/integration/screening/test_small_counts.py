"""The coordinator reads no count so small that it tells of one person, and none that gives it away."""

from datetime import timedelta

from jobunivers.identity.types import Grant
from jobunivers.screening import flag_services
from jobunivers.screening.types import Choice
from jobunivers.shared import clock
from jobunivers.shared.db import write


def test_few_decisions_and_what_would_give_them_away_are_not_shown(app, make, client_of):
    staff, office = make.caseworker(), client_of(make.staff(Grant.COORDINATOR))
    today = clock.today()
    this_quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    last_quarter = clock.start_of(this_quarter - timedelta(days=10))

    def decide(choice, times, when):
        for _number in range(times):
            flag_id = make.flag(make.citizen(caseworker=staff), now=when)
            with app.app_context(), write():
                flag_services.review_flag(
                    flag_id,
                    reviewer_id=staff.id,
                    sees_health=False,
                    seen=0,
                    choice=choice,
                    reason=None,
                    offer_kind="follow-up",
                    note="",
                    message="",
                    now=when,
                )

    decide(Choice.OFFER_NOW, 6, last_quarter)
    decide(Choice.OFFER_LATER, 2, last_quarter)
    page = office.get("/coordinator/screening").words
    assert "Offer it later fewer than 5" in page and "Offer it now not shown" in page
    before = page
    decide(Choice.OFFER_NOW, 1, clock.now())  # of a quarter that is not over
    assert office.get("/coordinator/screening").words == before
