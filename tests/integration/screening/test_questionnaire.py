"""The citizen answers, one question a screen, and reads what happens now."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobunivers.extensions import db
from jobunivers.screening import catalogue, queries
from jobunivers.screening.models import Answer, HealthAnswer, Screening
from jobunivers.shared import clock
from tests.support.make_screening import CALM, FAR

BASE = "/my/screening"
WORDS_NEVER_SHOWN = (" risk", "score", "points", "percent", "%")


@pytest.fixture
def citizen(make):
    return make.citizen(caseworker=make.caseworker())


@pytest.fixture
def visit(citizen, client_of):
    return client_of(citizen.user)


def tap(visit, key, answer):
    return visit.post(f"{BASE}/questions/{key}", {"answer": answer})


def stored(app, key):
    with app.app_context():
        return db.session.scalar(select(Answer).where(Answer.question == key))


def test_start_page_says_purpose_viewers_and_that_it_is_voluntary(visit):
    words = visit.get(BASE).words
    for promise in (
        "voluntary",
        "no effect on your benefit",
        "about 5 minutes",
        "Your caseworker",
        "A person decides",
    ):
        assert promise in words


def test_screening_is_for_citizens_only(client, make, client_of):
    assert client.get(BASE, status=303).location.startswith("/log-in?next=")
    client_of(make.caseworker()).get(BASE, status=403)


def test_every_tap_is_saved_and_leads_to_the_next_question_until_the_result(visit, app):
    page = visit.post(BASE)
    for number, (key, answer) in enumerate(CALM.items(), start=1):
        assert page.location == f"{BASE}/questions/{key}"
        shown = visit.follow(page)
        assert f"Question {number} of 11" in shown.words
        assert not any(word in shown.words.lower() for word in WORDS_NEVER_SHOWN)
        page = tap(visit, key, answer)
        assert stored(app, key).value == answer
    assert page.location == f"{BASE}/answers"
    assert visit.post(f"{BASE}/finish").location == f"{BASE}/result"
    assert "You get the meetings everybody gets" in visit.get(f"{BASE}/result").words


def test_core_needs_at_most_twelve_taps():
    core = catalogue.questionnaire().core
    assert sum(1 if question.is_one_tap else 2 for question in core) <= 12


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_each_question_stands_in_each_language_under_a_neutral_title(make, client_of, locale):
    visit = client_of(make.citizen(locale=locale).user, locale=locale)
    for question in catalogue.questionnaire().questions:
        ask = catalogue.question_text(question.key, locale).ask
        page = visit.get(f"{BASE}/questions/{question.key}")
        assert ask in page.words
        assert ask not in page.soup.title.text


def test_skipping_goes_on_and_is_remembered(visit, app):
    assert (
        visit.post(f"{BASE}/questions/expect_job", {"skip": "1"}).location
        == f"{BASE}/questions/work36"
    )
    assert stored(app, "expect_job").is_skipped


@pytest.mark.parametrize("answer", ["", "forged", "yes\x00"])
def test_an_answer_that_was_not_offered_saves_nothing(visit, app, answer):
    page = visit.post(f"{BASE}/questions/expect_job", {"answer": answer}, status=422)
    assert "Choose an answer, or skip the question" in page.words
    assert stored(app, "expect_job") is None


def test_an_unknown_question_is_not_found(visit):
    visit.get(f"{BASE}/questions/nothing", status=404)
    visit.post(f"{BASE}/questions/nothing", {"answer": "yes"}, status=404)


def test_tapping_twice_keeps_the_last_answer_once(visit, app):
    tap(visit, "goal", "vague")
    tap(visit, "goal", "exact")
    with app.app_context():
        assert [answer.value for answer in db.session.scalars(select(Answer))] == ["exact"]


def test_next_visit_resumes_at_the_exact_question(visit):
    for key, answer in list(CALM.items())[:4]:
        tap(visit, key, answer)
    start = visit.get(BASE)
    assert "4 of 11" in start.words
    assert start.one("resume")["href"] == f"{BASE}/questions/prev_long"
    assert visit.post(BASE).location == f"{BASE}/questions/prev_long"


def test_somebody_without_a_goal_is_not_asked_for_occupations(visit):
    assert tap(visit, "goal", "none").location == f"{BASE}/questions/travel"


def test_occupations_are_found_by_everyday_words_and_at_most_three_are_kept(visit, app):
    page = visit.get(f"{BASE}/questions/goal_occ?search=lorry")
    assert "Lorry driver" in page.words and "Nurse" not in page.words
    visit.post(f"{BASE}/questions/goal_occ", {"answer": ["lorry-driver", "bus-driver"]})
    assert stored(app, "goal_occ").value == ["lorry-driver", "bus-driver"]
    visit.post(
        f"{BASE}/questions/goal_occ", {"answer": ["nurse", "cook", "waiter", "baker"]}, status=422
    )
    assert "We found no job" in visit.get(f"{BASE}/questions/goal_occ?search=xyzxyz").words
    assert (
        visit.get(f"{BASE}/questions/goal_occ?search=nurse")
        .soup.select_one('input[value="lorry-driver"]')
        .has_attr("checked")
    )


def test_answers_can_be_changed_from_the_list_and_one_comes_back_to_it(visit, make, citizen):
    make.screening(citizen)
    change = visit.get(f"{BASE}/answers").all("answer-line")[2].a["href"]
    assert change == f"{BASE}/questions/expect_job?from=answers"
    assert visit.post(change, {"answer": "later"}).location == f"{BASE}/answers"
    assert "Later than 6 months" in visit.get(f"{BASE}/answers").words


def test_wish_for_a_talk_is_told_back_in_her_own_answers_and_without_points(visit, make, citizen):
    make.screening(citizen, help_wanted="remote", dig1="no")
    page = visit.get(f"{BASE}/result")
    because = page.one("because").get_text(" ")
    assert (
        "You would like a talk with us soon." in because
        and "MitID and Digital Post are hard" in because
    )
    assert "has no effect on your benefit" in because and "A person decides" in because
    assert not any(word in page.soup.main.get_text().lower() for word in WORDS_NEVER_SHOWN)


def test_withdrawing_the_wish_withdraws_the_flag_while_nobody_has_decided(visit, make, citizen):
    make.screening(citizen, help_wanted="remote")
    assert make.flags_of(citizen) == [("needs", "needs", ["help_wanted"], "open")]
    visit.post(f"{BASE}/questions/help_wanted?from=answers", {"answer": "not_now"})
    assert make.flags_of(citizen) == []


def test_finishing_twice_raises_one_flag(visit, make, citizen):
    make.screening(citizen, help_wanted="in_person", finished=False)
    visit.post(f"{BASE}/finish")
    visit.post(f"{BASE}/finish")
    assert len(make.flags_of(citizen)) == 1


def test_finishing_without_a_screening_is_not_found(visit):
    visit.post(f"{BASE}/finish", status=404)
    visit.get(f"{BASE}/answers", status=404)


def test_health_answers_are_sealed_apart_and_only_the_wish_to_talk_raises_a_flag(
    visit, make, citizen, app
):
    make.screening(citizen)
    assert (
        visit.post(f"{BASE}/questions/func1", {"item-mind": "lot"}).location
        == f"{BASE}/questions/func2"
    )
    assert tap(visit, "func2", "lot").location == f"{BASE}/questions/func3"
    assert make.flags_of(citizen) == []
    tap(visit, "func3", "yes")
    assert make.flags_of(citizen) == [("adjustments", "needs", ["adjustments"], "open")]
    with app.app_context():
        assert not set(db.session.scalars(select(Answer.question))) & {"func1", "func2", "func3"}
        rows = list(db.session.scalars(select(HealthAnswer)))
        assert len(rows) == 3 and not any(
            b"lot" in row.value_sealed or b"yes" in row.value_sealed for row in rows
        )


def test_citizen_deletes_her_health_answers_at_once_with_the_flag_that_rests_on_them(
    visit, make, citizen, app
):
    make.screening(citizen, func1={"mind": "lot"}, func3="yes")
    assert visit.post(f"{BASE}/health/delete").location == f"{BASE}/answers"
    with app.app_context():
        assert list(db.session.scalars(select(HealthAnswer))) == []
    assert make.flags_of(citizen) == []


def test_health_questions_do_not_exist_when_they_are_switched_off(
    visit, make, citizen, without_health
):
    make.screening(citizen, finished=False)
    visit.get(f"{BASE}/questions/func1", status=404)
    assert "Health" not in visit.get(f"{BASE}/answers").soup.main.get_text()


def test_contradictory_answers_ask_a_person_to_call_and_raise_no_flag(visit, make, citizen):
    make.screening(citizen, FAR, prev_long="no")
    assert make.flags_of(citizen) == []
    assert "A person will call you" in visit.get(f"{BASE}/result").words


def test_seeing_it_differently_reaches_the_caseworker_also_without_a_flag(visit, make, citizen):
    make.screening(citizen)
    visit.post(f"{BASE}/reply", {"text": ""}, status=422)
    visit.post(f"{BASE}/reply", {"text": "I do need help."})
    assert make.flags_of(citizen) == [("citizen_reply", "needs", ["citizen_reply"], "open")]
    assert "I do need help." in visit.get(f"{BASE}/result").one("reply").text


def test_a_new_spell_begins_a_new_screening(make, citizen, app):
    moment = clock.now() - timedelta(weeks=30)
    make.save(
        Screening(
            citizen_id=citizen.id,
            landmark="start",
            locale="en",
            version="x",
            created_at=moment,
            finished_at=moment,
        )
    )
    with app.app_context():
        assert queries.find_screening(citizen.id) is None
        assert queries.find_screening_to_answer(citizen.id).begun is False
