"""A pace of one's own, a ready-made course with dates, and what fits: for a draft, a visitor and a
citizen.
"""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import Owner
from jobunivers.identity.types import Scope
from jobunivers.learning import catalogue, queries
from jobunivers.learning.models import LearningPlan
from jobunivers.learning.rules.plan import monday_of, usual_start
from jobunivers.screening.models import Screening
from jobunivers.shared import clock
from tests.support.client import PageClient
from tests.support.clock import ORDINARY

COURSE = catalogue.get_course("before-graduation")
DONE = {"answer": "phone", "done": "1"}


def weeks_from_now(weeks):
    return (monday_of(clock.today()) + timedelta(weeks=weeks)).isoformat()


def titles(card):
    return [link.span.text for link in card.select('[data-test="week-lesson"]')]


def title_of(key):
    return catalogue.find_lesson(key)[1].text("en").title


@pytest.fixture
def anna(make, client_of):
    return client_of(make.citizen().user)


# --- a ready-made course with dates
# ------------------------------------------------------------------------------


def test_anybody_may_start_the_ten_week_course_without_log_in(client):
    page = client.get("/courses/before-graduation")
    assert page.soup.select_one("#starts_on")["value"] == usual_start(clock.today()).isoformat()
    answer = client.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    assert answer.location == "/my/path#course"
    page = client.get("/my/path")
    assert "week 1 of 10" in page.one("this-week").text
    assert titles(page.one("this-week")) == [title_of(key) for key in COURSE.units[0].lessons]
    assert len(page.all("week")) == 10


def test_a_course_begins_on_the_monday_of_the_day_one_picks(app, client):
    sunday = monday_of(clock.today()) + timedelta(days=13)
    client.post("/courses/before-graduation/start", {"starts_on": sunday.isoformat()})
    with app.app_context():
        assert db.session.scalar(sa.select(LearningPlan.starts_on)) == sunday - timedelta(days=6)
    assert "You may look ahead" in client.get("/my/path").one("this-week").text


@pytest.mark.parametrize("day", ["", "tomorrow", "1926-11-23", "2999-01-01"])
def test_a_day_that_cannot_be_meant_is_asked_for_again(client, day):
    page = client.post("/courses/before-graduation/start", {"starts_on": day}, status=422)
    assert page.soup.select_one(".error-summary")
    assert client.get("/my/path", status=303).location.startswith("/log-in")  # no draft was made


def test_no_such_course(client):
    client.get("/courses/nothing", status=404)
    client.post("/courses/nothing/start", {"starts_on": weeks_from_now(0)}, status=404)


def test_being_behind_is_fine_and_the_course_can_wait(anna):
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(-2)})
    page = anna.get("/my/path")
    assert "week 3 of 10" in page.one("this-week").text
    waits = page.one("catch-up")
    assert "week 1" in waits.text
    anna.post(
        "/courses/before-graduation/start",
        {"starts_on": waits.select_one('[name="starts_on"]')["value"]},
    )
    page = anna.get("/my/path")
    assert "week 1 of 10" in page.one("this-week").text
    assert not page.all("catch-up")


def test_lessons_are_ticked_and_the_next_one_is_offered(anna):
    anna.post("/courses/first-meeting/start", {"starts_on": weeks_from_now(0)})
    assert anna.get("/my/path").one("week-next")["href"] == "/modules/first-steps/who-does-what"
    lessons = [
        lesson for unit in catalogue.get_course("first-meeting").units for lesson in unit.lessons
    ]
    with_done(anna, lessons[:3])
    page = anna.get("/my/path")
    assert "You have done this week" in page.one("this-week").text
    with_done(anna, lessons[3:])
    assert anna.get("/my/path").one("course-done")


def with_done(browser, lessons):
    """Marks lessons as done, whatever their exercise."""
    with browser.app.app_context():
        owner_id = db.session.scalar(sa.select(LearningPlan.owner_id))
        for key in lessons:
            lesson = catalogue.find_lesson(key)[1]
            db.session.add(
                queries.LessonProgress(
                    owner_id=owner_id,
                    lesson=key,
                    opened_at=clock.now(),
                    done_at=clock.now(),
                    content_hash=lesson.content_hash,
                )
            )
        db.session.commit()


def test_after_a_borrowed_lesson_one_goes_back_to_the_course_and_not_on_in_its_module(anna):
    anna.post(
        "/modules/what-i-can/told-by-others", {"what-0": "My boss", "when-0": "Monday", "done": "1"}
    )
    assert (
        anna.get("/modules/what-i-can/told-by-others").one("lesson-next")["href"]
        == "/modules/what-i-can/my-skills"
    )
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    assert (
        anna.get("/modules/what-i-can/told-by-others").one("lesson-next")["href"]
        == "/my/path#course"
    )


def test_when_the_weeks_are_over_what_is_open_waits(anna):
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(-20)})
    page = anna.get("/my/path")
    assert "The weeks are over" in page.one("this-week").text
    assert page.one("week-next")["href"] == "/modules/before-graduation/who-on-paper"


def test_stopping_a_course_keeps_every_answer(anna):
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    anna.post("/modules/first-steps/digital-or-not", DONE)
    anna.post("/courses/stop")
    page = anna.get("/my/path")
    assert not page.all("this-week")
    assert page.one("note")


def test_there_is_one_course_at_a_time_and_the_page_says_so(anna):
    anna.post("/courses/first-meeting/start", {"starts_on": weeks_from_now(0)})
    assert "the other one stops" in anna.get("/courses/before-graduation").words
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    assert "From study to job" in anna.get("/my/path").words
    assert anna.get("/courses/before-graduation").one("to-my-course")


def test_modules_lead_to_the_course(client):
    assert (
        client.get("/modules/before-graduation").one("offered-course").a["href"]
        == "/courses/before-graduation"
    )
    assert not client.get("/modules/cv").all("offered-course")
    assert [card.a["href"] for card in client.get("/modules").all("course")] == [
        "/courses/before-graduation",
        "/courses/first-meeting",
    ]


def test_dates_are_printed(anna):
    clock.start_at(ORDINARY)
    anna.post(
        "/courses/before-graduation/start",
        {"starts_on": "2026-12-07"},
    )
    assert "Week 1 · 7–13 December" in anna.get("/my/path/print").words


def test_a_course_that_is_gone_from_the_content_hinders_nothing(app, anna):
    anna.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    with app.app_context():
        db.session.execute(sa.update(LearningPlan).values(course="gone"))
        db.session.commit()
    assert not anna.get("/my/path").all("this-week")
    anna.get("/courses/before-graduation")


# --- a pace of one's own
# ------------------------------------------------------------------------------


def test_a_pace_shows_what_belongs_to_this_week(anna):
    anna.post("/my/path/cv/choose")
    anna.post("/my/path/pace", {"minutes": "20"})
    page = anna.get("/my/path")
    assert titles(page.one("this-week"))[0] == title_of("cv/purpose")
    assert "more weeks, until about" in page.one("weeks-left").text
    assert page.soup.select_one('[name="minutes"][checked]')["value"] == "20"
    with_done(anna, ["cv/purpose"])
    assert "Done" in anna.get("/my/path").one("this-week").text
    anna.post("/my/path/pace", {"minutes": "0"})
    assert not anna.get("/my/path").all("this-week")


@pytest.mark.parametrize("minutes", ["", "21", "-20", "many"])
def test_only_a_pace_that_is_offered_is_kept(anna, minutes):
    anna.post("/my/path/cv/choose")
    page = anna.post("/my/path/pace", {"minutes": minutes}, status=422)
    assert page.soup.select_one(".error-summary")


@pytest.mark.parametrize(
    ("path", "data"), [("pace", {"minutes": "45"}), ("situations", {"situations": "lost-job"})]
)
def test_swap_equals_reload(anna, path, data):
    anna.post("/my/path/cv/choose")
    block = anna.htmx_post(f"/my/path/{path}", data)
    assert block.words == " ".join(
        anna.get("/my/path").soup.select_one("#course").get_text(" ").split()
    )


# --- what fits
# ------------------------------------------------------------------------------


def reasons(browser):
    return [card.p.text for card in browser.get("/my/path").all("suggestion")]


def test_what_she_ticks_leads_to_suggestions_with_her_words_as_reason(anna):
    anna.post("/my/path/situations", {"situations": ["lost-job", "new-trade"]})
    said = reasons(anna)
    assert "Because you wrote that you have just lost your job" in said[0]
    assert "Because you wrote that you would like to change trade" in said[1]
    anna.post("/my/path/situations", {})
    assert not any("you wrote" in reason for reason in reasons(anna))


def test_unknown_situations_are_refused(anna):
    anna.post("/my/path/situations", {"situations": "rich"}, status=422)


def test_nothing_about_benefits_is_suggested_to_somebody_on_a_permit(anna):
    anna.post("/my/path/situations", {"situations": ["permit", "lost-job", "long-without"]})
    shown = [card.h3.text for card in anna.get("/my/path").all("suggestion")]
    assert not {
        catalogue.get_module(slug).text("en").title
        for slug in ("first-steps", "prepare-a-meeting", "company-routes", "upskilling")
    } & set(shown)


def test_what_she_ticks_is_sealed_and_nobody_helping_her_sees_it(app, make, client_of):
    citizen = make.citizen()
    herself = client_of(citizen.user)
    herself.post("/my/path/situations", {"situations": "health"})
    with app.app_context():
        assert b"health" not in db.session.scalar(sa.select(LearningPlan.situations_sealed))
    assert "health" in str(json.loads(herself.get("/my/data/everything.json").text)["situations"])
    helper = client_of(make.helper(citizen, scope=Scope.ALL))
    page = helper.get("/my/path")
    assert "illness" not in page.text
    assert "What fits you?" not in page.words
    assert "What you ticked" not in helper.get("/my/data").words
    assert "What you ticked" in herself.get("/my/data").words
    helper.post("/my/path/situations", {}, status=403)


def test_staff_has_no_plan(make, client_of):
    browser = client_of(make.caseworker().id)
    browser.get("/courses/before-graduation")
    browser.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)}, status=403)
    browser.post("/my/path/pace", {"minutes": "20"}, status=403)


# --- answers of the screening
# ------------------------------------------------------------------------------


def test_answers_of_the_questionnaire_suggest_modules_with_what_she_told_us(make, client_of):
    citizen = make.citizen()
    make.screening(citizen, training="abroad", goal="none")
    assert reasons(client_of(citizen.user))[:2] == [
        "Because you told us that your education is from another country and not recognised yet.",
        "Because you told us that it is not clear to you yet what job you want.",
    ]


def test_unfinished_old_and_health_answers_suggest_nothing(app, make, client_of):
    begun = make.citizen()
    make.screening(begun, training="abroad", finished=False)
    earlier = make.citizen(weeks_out_of_work=1)
    old_id = make.screening(earlier, training="abroad")
    with app.app_context():
        db.session.execute(
            sa.update(Screening)
            .where(Screening.id == old_id)
            .values(created_at=clock.now() - timedelta(weeks=30))
        )
        db.session.commit()
    sick = make.citizen()
    make.screening(sick, func1={"move": "lot"}, func2="lot", func3="yes")
    for person in (begun, earlier, sick):
        assert not any("you told us" in reason for reason in reasons(client_of(person.user)))


# --- drafts, deletion
# ------------------------------------------------------------------------------


def test_a_course_begun_without_log_in_is_taken_along(app, make, client):
    citizen = make.citizen()
    client.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(-1)})
    client.log_in(citizen.user)
    assert client.get("/my/path", status=303).location == "/my/path/take-along"
    assert "From study to job in ten weeks" in client.get("/my/path/take-along").words
    client.post("/my/path/take-along", {"choice": "take"})
    assert "week 2 of 10" in client.get("/my/path").one("this-week").text
    with app.app_context():
        assert db.session.scalars(sa.select(LearningPlan.owner_id)).all() == [citizen.owner_id]


def test_what_she_had_decided_stays_when_a_draft_is_taken_along(app, make):
    citizen = make.citizen()
    herself, draft = PageClient(app), PageClient(app)
    herself.log_in(citizen.user)
    herself.post("/courses/first-meeting/start", {"starts_on": weeks_from_now(0)})
    draft.post("/courses/before-graduation/start", {"starts_on": weeks_from_now(0)})
    draft.post("/my/path/pace", {"minutes": "45"})
    draft.log_in(citizen.user)
    draft.post("/my/path/take-along", {"choice": "take"})
    with app.app_context():
        plan = db.session.scalars(sa.select(LearningPlan)).one()
        assert (plan.course, plan.weekly_minutes) == ("first-meeting", 45)


def test_the_plan_goes_with_its_owner_and_stands_in_everything_about_her(app, make, client_of):
    clock.start_at(ORDINARY)
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.post(
        "/courses/before-graduation/start",
        {"starts_on": "2026-12-07"},
    )
    browser.post("/my/path/pace", {"minutes": "20"})
    with app.app_context():
        known = queries.everything_about_owner(citizen.owner_id)["plan"]
        assert known == {
            "minutes_a_week": 20,
            "course_with_dates": "before-graduation",
            "starts_on": "2026-12-07",
        }
        db.session.execute(sa.delete(Owner).where(Owner.id == citizen.owner_id))
        db.session.commit()
        assert db.session.scalars(sa.select(LearningPlan)).all() == []
