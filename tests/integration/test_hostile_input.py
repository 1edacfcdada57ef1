"""Nothing that anybody sends breaks a page, comes back unescaped, or is kept by halves."""

import pytest

from jobunivers.identity import access
from jobunivers.identity import queries as identity
from jobunivers.messages import worker_jobs as worker
from jobunivers.seed import demo
from jobunivers.shared import clock
from tests.support.client import PageClient
from tests.support.hostile import Attacker

STARTS = {
    None: (
        "/",
        "/log-in",
        "/log-in/e-mail",
        "/log-in/staff",
        "/r",
        "/demo",
        "/help",
        "/modules?q=cv",
        "/modules/cv",
        "/programmes",
    ),
    "draft": (
        "/my",
        "/my/cv",
        "/my/letters",
        "/my/planner",
        "/my/goals",
        "/my/interviews",
        "/my/data",
        "/r/keep",
    ),
    "citizen-da": (
        "/my",
        "/my/meetings",
        "/my/meetings/book",
        "/my/messages",
        "/my/screening",
        "/my/settings",
        "/my/cv",
        "/my/planner",
        "/my/letters",
    ),
    "caseworker": (
        "/caseworker",
        "/caseworker/calendar",
        "/caseworker/calendar/windows",
        "/caseworker/citizens",
        "/caseworker/flags",
        "/caseworker/messages",
    ),
    "coordinator": (
        "/coordinator",
        "/coordinator/screening",
        "/coordinator/exemptions",
        "/coordinator/surveys",
    ),
    "admin": ("/admin", "/admin/staff", "/admin/teams"),
}
NASTY = ("control", "surrogate", "last-day", "first-day", "huge", "address", "markup")


@pytest.fixture
def attacker(app, make):
    """attacker(who): a browser in that role, in the demonstration's town; without script nobody
    asks for the time.
    """
    with app.app_context():
        demo.ensure()

    def enter(who, most_pages=400):
        browser = PageClient(app)
        if who == "draft":
            with app.test_request_context("/"):
                browser.http.set_cookie(
                    access.DRAFT_COOKIE, access._serializer().dumps(str(make.draft()))
                )
        elif who:
            with app.app_context():
                person = identity.find_persona(who)
            browser.log_in(person)
        found = Attacker(browser, most_pages)
        found.crawl(*STARTS[who])
        assert found.faults == []
        return found

    return enter


def test_hostile_values_break_no_page_and_are_not_kept_by_halves(app, attacker):
    """The quick round: every form of every role meets some of the values, in turn; the long one
    below tries all.
    """
    faults = []
    for number, who in enumerate(STARTS):
        found = attacker(who, most_pages=45)
        found.attack_texts(each=1)
        found.attack_everything(NASTY[number])
        found.attack_addresses(NASTY[-1 - number])
        faults += found.faults
    with app.app_context():
        worker.run_once(app, clock.now(), at_night_too=True)
    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize("who", STARTS)
def test_every_hostile_value_in_all_fields_and_in_each_single_one_breaks_nothing(
    app, attacker, who
):
    found = attacker(who)
    found.attack_texts()
    found.attack_everything(*NASTY)
    found.attack_each_field()
    found.attack_addresses()
    found.read_again()
    with app.app_context():
        worker.run_once(app, clock.now(), at_night_too=True)
    assert found.faults == []
