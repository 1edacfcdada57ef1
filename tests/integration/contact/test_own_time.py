"""A meeting counts as the next contact only within the time of the rule that asks for it."""

from datetime import UTC, datetime, timedelta

import pytest

from jobunivers.contact import jobs, list_queries
from jobunivers.contact import queries as contact
from jobunivers.shared import clock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


def without(app):
    with app.app_context():
        today = clock.today()
        lines = list_queries.without_next_contact(today=today, now=clock.now())
        assert len(lines) == list_queries.count_without_next_contact(today=today)
        return [line.citizen_id for line in lines]


def test_a_meeting_in_four_years_is_no_next_contact_and_she_is_asked_again(app, make, anne):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=30)
    make.booking(maja, anne, datetime(2031, 1, 6, 9, 0, tzinfo=UTC), now=NOW, kind="follow-up")
    assert without(app) == [maja.id]
    with app.app_context():
        jobs.apply_to_everybody(NOW)
        assert contact.list_open_needs(maja.id)
    assert without(app) == []


@pytest.mark.parametrize(("weeks", "counts"), [(1, True), (7, True), (9, False)])
def test_a_regular_meeting_counts_for_its_interval_and_the_grace(app, make, anne, weeks, counts):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=30)
    make.booking(maja, anne, TEN + timedelta(weeks=weeks), now=NOW, kind="follow-up")
    assert (without(app) == []) is counts


def test_a_first_meeting_counts_until_its_own_week(app, make, anne):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=1)  # due in week 11 to 13
    make.booking(maja, anne, TEN + timedelta(weeks=12), now=NOW)
    assert without(app) == []
    ole = make.citizen(name="Ole Demo", caseworker=anne, weeks_out_of_work=1)
    make.booking(ole, anne, TEN + timedelta(weeks=16), now=NOW)
    assert without(app) == [ole.id]


def test_a_group_without_a_regular_rule_has_no_such_time(app, make, anne):
    maja = make.citizen(caseworker=anne, target_group="nobody-s")
    make.booking(maja, anne, TEN + timedelta(weeks=30), now=NOW, kind="follow-up")
    assert without(app) == []
