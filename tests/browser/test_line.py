"""The whole line on a phone: a lesson without log-in, the CV, the questionnaire, a meeting with an
interpreter, a decision.

Nothing is faked: real server, database, worker, mails and browser. Once in each language, and once
with JavaScript off.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from playwright.sync_api import expect

from jobunivers.caseload.models import TeamMember
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.browser.conftest import DESKTOP, PHONE
from tests.support.make import Maker
from tests.support.patience import PATIENCE_MS
from tests.support.pdf_text import text_of

PROFILES = {
    "uk": "Кухарка з 12 роками досвіду у шкільних їдальнях. Ґрунтовно знаю меню й гігієну.",
    "da": "Kok med 12 års erfaring i skolekøkkener. Jeg kan lave mad til 200 børn på to timer.",
    "en": "Cook with 12 years of experience in school kitchens. I cook for 200 children in two hours.",
}
LANGUAGE_TAGS = {"uk": "uk-UA", "da": "da-DK", "en": "en-GB"}


@pytest.fixture
def walk(browser, site, axe):
    """walk(locale, javascript) -> the journey of one citizen, each page checked."""
    contexts = []

    def begin(locale, *, javascript=True, size=PHONE):
        context = browser.new_context(
            **size,
            locale=LANGUAGE_TAGS[locale],
            timezone_id="Europe/Copenhagen",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Journey(page, site, axe if javascript else lambda _page: None, locale)

    yield begin
    for context in contexts:
        context.close()


class Journey:
    """One person's way through the site."""

    def __init__(self, page, site, axe, locale):
        self.page, self.site, self.axe, self.locale = page, site, axe, locale

    def go(self, path):
        self.page.goto(self.site.url + path)
        self.check()

    def check(self):
        """The page is in the person's language and axe finds nothing on it."""
        self.page.wait_for_load_state()
        assert self.page.evaluate("document.documentElement.lang") == self.locale
        self.axe(self.page)

    def tap(self, name, nth=0):
        """Taps what is marked data-test=name, and looks at the page it leads to."""
        self.page.locator(f'[data-test="{name}"]').nth(nth).click()
        self.check()

    def log_in(self, persona):
        answer = self.page.context.request.post(
            f"{self.site.url}/demo/log-in", form={"persona": persona}
        )
        assert answer.ok

    def writes_her_profile(self, text):
        self.go("/modules/cv/profile-text")
        self.page.locator("#exercise textarea").fill(text)
        if self.page.evaluate("!!window.htmx") is False:
            self.page.locator('[data-test="save"]').click()
        expect(self.page.locator('[data-test="saved-at"]')).to_contain_text(
            re.compile(r"\d{1,2}[.:]\d{2}")
        )

    def takes_it_along(self):
        self.go("/my/path/take-along")
        self.tap("take-along")

    def answers(self, wishes):
        """Answers the questionnaire: the wished answers, otherwise skips."""
        self.go("/my/screening")
        self.tap("begin")
        for _number in range(40):
            key = self.page.url.rstrip("/").split("/")[-1].split("?")[0]
            if not self.page.locator('[data-test="place"]').count():
                return self.tap("finish")
            wish = wishes.get(key)
            if wish is not None:
                self.page.locator(f'button[name="answer"][value="{wish}"]').click()
            else:
                self.page.locator('[data-test="skip"]').click()
            self.page.wait_for_load_state()
        raise AssertionError("the questionnaire has no end")

    def books(self):
        """Picks the first time with an interpreter by video; returns the calendar file's events."""
        self.go("/my/meetings/book?kind=first-meeting&form=video&interpreter=yes")
        self.tap("slot")
        assert self.page.locator('[data-test="book-this-time"]').count() == 1
        self.tap("book-this-time")
        link = self.page.locator('[data-test="ics"]').get_attribute("href")
        return Calendar.from_ical(self.page.context.request.get(self.site.url + link).body()).walk(
            "VEVENT"
        )


@pytest.fixture
def newcomer(site):
    """newcomer(locale) -> a citizen of the demo caseworker who has done nothing yet."""

    def make(locale):
        with site.app.app_context():
            found = db.session.execute(
                sa.select(User.id, TeamMember.team_id)
                .join(TeamMember, TeamMember.user_id == User.id)
                .where(User.persona == "caseworker")
            )
            user_id, team_id = found.first()
            person = SimpleNamespace(id=user_id, team_id=team_id)
        citizen = Maker(site.app).citizen(
            name="Олена Лінія Demo",
            locale=locale,
            interpreter_language="uk",
            caseworker=person,
            weeks_out_of_work=13,
        )
        with site.app.app_context(), write():
            db.session.get(User, citizen.user).persona = "the-line"
        return citizen

    return make


@pytest.mark.parametrize(
    ("locale", "javascript"),
    [("uk", True), ("uk", False), ("da", True), ("en", True)],
    ids=["uk", "uk-no-javascript", "da", "en"],
)
def test_from_a_lesson_to_a_decision(site, walk, newcomer, wait_for_mail, locale, javascript):
    citizen = newcomer(locale)
    her = walk(locale, javascript=javascript)
    her.writes_her_profile(PROFILES[locale])
    her.log_in("the-line")
    her.takes_it_along()

    her.go("/my/cv")
    assert PROFILES[locale][:30] in her.page.content()
    pdf = her.page.context.request.get(
        site.url + her.page.locator('a[href$=".pdf"]').first.get_attribute("href")
    )
    assert PROFILES[locale][:20] in " ".join(text_of(pdf.body()).split())

    her.answers({"help_wanted": "in_person", "dig1": "no"})
    assert her.page.locator('[data-test="result"]').count() or "/my/screening" in her.page.url
    (event,) = her.books()
    assert event["UID"]
    assert event["SEQUENCE"] == 0
    assert event["DTSTART"].dt > clock.now()
    assert event["DTEND"].dt - event["DTSTART"].dt >= timedelta(minutes=45 + 30)

    mail = wait_for_mail(citizen.email, "text/calendar")
    assert "12 " not in mail.get("Subject", "")
    attached = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert (
        Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")[0]["UID"]
        == event["UID"]
    )

    staff = walk("da", size=DESKTOP)
    staff.log_in("caseworker")
    staff.go("/caseworker/flags")
    staff.page.get_by_text("Олена Лінія Demo").first.click()
    staff.check()
    assert staff.page.locator('[data-test="evidence"]').count()
    staff.page.locator('input[name="choice"][value="offer_now"]').check()
    staff.page.locator('select[name="offer_kind"]').select_option("job-broker")
    staff.tap("decide")
    assert staff.page.locator('[data-test="decided"]').count() == 1

    her.go("/my")
    her.page.locator('a[href*="/my/screening/decisions/"]').first.click()
    her.check()
    assert her.page.locator("main").inner_text()
