"""Staff types the answers in, together with the citizen: same rules, her language, and she can take
everything back.
"""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from jobunivers.extensions import db
from jobunivers.identity.types import Grant, Scope
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import Channel
from jobunivers.screening import catalogue, services
from jobunivers.screening.models import Answer, HealthAnswer, Screening, ScreeningEvent
from jobunivers.screening.types import Typist
from jobunivers.shared import clock
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.db import write
from jobunivers.shared.editing import version_of
from tests.integration.booking.test_races import race
from tests.support.make_screening import CALM

MINE = "/my/screening"


@pytest.fixture
def staff(make):
    return make.caseworker(name="Karen Staff")


@pytest.fixture
def citizen(make, staff):
    return make.citizen(name="Oksana Demo", locale="uk", caseworker=staff)


@pytest.fixture
def desk(staff, client_of):
    return client_of(staff)


def base(citizen):
    return f"/caseworker/screening/{citizen.id}"


def tap(desk, citizen, key, status=303, query="", **fields):
    """Opens the question as a person would, then posts the form that was shown."""
    path = f"{base(citizen)}/questions/{key}{query}"
    form = desk.get(path).soup.find("input", attrs={"name": "version"})
    return desk.post(path, {"version": form["value"], **fields}, status=status)


def type_all(desk, citizen, **changed):
    desk.post(f"{base(citizen)}/questions")
    for key, answer in {**CALM, **changed}.items():
        tap(desk, citizen, key, answer=answer)
    return desk.post(f"{base(citizen)}/finish")


def rows(app, model, *where):
    with app.app_context():
        return list(
            db.session.scalars(select(model).where(*where).order_by(model.created_at, model.id))
        )


def test_staff_begins_on_the_citizens_page_and_tells_her_first_in_her_own_language(desk, citizen):
    assert desk.get(f"/caseworker/citizens/{citizen.id}").soup.select_one(
        f'a[href="{base(citizen)}/questions"]'
    )
    promises = desk.get(f"{base(citizen)}/questions").one("promises")
    assert "Це добровільно" in promises.get_text(" ") and "Det er frivilligt" in promises.get_text(
        " "
    )
    assert (
        desk.post(f"{base(citizen)}/questions").location == f"{base(citizen)}/questions/help_wanted"
    )


def test_each_question_is_shown_as_she_sees_it_with_the_danish_beside_it(desk, citizen):
    desk.post(f"{base(citizen)}/questions")
    for question in catalogue.questionnaire().core:
        page = desk.get(f"{base(citizen)}/questions/{question.key}")
        for code in ("uk", "da"):
            words = catalogue.question_text(question.key, code)
            assert words.ask in page.words and words.ask not in page.soup.title.text
            assert all(label in page.words for label in words.answers.values())


def test_who_typed_is_kept_with_each_answer_and_the_citizen_reads_it(
    desk, citizen, staff, client_of, app
):
    assert type_all(desk, citizen).location == f"{base(citizen)}/answers"
    assert {answer.typed_by_id for answer in rows(app, Answer)} == {staff.id}
    visit = client_of(citizen.user, locale="uk")
    for path in (f"{MINE}/answers", f"{MINE}/result"):
        assert "Karen Staff" in visit.get(path).one("typed-by").text


def test_typed_answers_raise_the_same_flags_in_her_language(desk, citizen, make, app):
    type_all(desk, citizen, help_wanted="in_person", dig1="no")
    assert make.flags_of(citizen) == [("needs", "needs", ["help_wanted", "digital"], "open")]
    screening = rows(app, Screening)[0]
    assert screening.locale == "uk"
    assert all(
        answer.wording == catalogue.question_text(answer.question, "uk").wording
        for answer in rows(app, Answer)
    )
    assert len(desk.get(f"{base(citizen)}/answers").one("told").find_all("li")) == 2


def test_she_is_told_once_a_day_in_her_language_and_every_look_and_deed_is_logged(
    desk, citizen, staff, client_of, app
):
    type_all(desk, citizen)
    tap(desk, citizen, "goal", answer="some", query="?from=answers")
    assert [message.kind for message in rows(app, Message)] == ["screening.typed"]
    text = client_of(citizen.user, locale="uk").get("/my/messages").words
    assert "Karen Staff" in text and catalogue.question_text("goal", "uk").ask not in text
    events = [
        (event.action, event.actor_id, event.purpose)
        for event in rows(app, AuditEvent, AuditEvent.citizen_id == citizen.id)
    ]
    assert ("screening.view", staff.id, "own_caseload") in events and events.count(
        ("screening.typed", staff.id, "")
    ) == len(CALM) + 1
    logged = {event.kind: event.payload.get("by") for event in rows(app, ScreeningEvent)}
    assert logged["begun"] == logged["finished"] == logged["corrected"] == str(staff.id)


def test_a_letter_on_paper_says_what_was_written_down(desk, make, staff, app):
    gerda = make.citizen(
        name="Gerda Demo",
        locale="da",
        caseworker=staff,
        channel=Channel.LETTER,
        address="Demovej 6",
        log_in=False,
    )
    type_all(desk, gerda, goal="some")
    sheet = desk.get(f"/caseworker/letters/{rows(app, Delivery)[0].id}").words
    ask = catalogue.question_text("goal", "da")
    assert ask.ask in sheet and ask.answers["some"] in sheet and "Karen Staff" in sheet
    assert ask.ask not in desk.get("/caseworker/letters").words


def test_citizen_corrects_one_answer_herself_and_takes_the_rest_back(
    desk, citizen, client_of, make, app
):
    type_all(desk, citizen, help_wanted="remote")
    visit = client_of(citizen.user, locale="uk")
    visit.post(f"{MINE}/questions/goal?from=answers", {"answer": "none"})
    assert visit.post(f"{MINE}/take-back").location == f"{MINE}/answers"
    assert [(answer.question, answer.value) for answer in rows(app, Answer)] == [("goal", "none")]
    assert make.flags_of(citizen) == [] and rows(app, Screening)[0].finished_at is not None
    assert [
        event.payload["answers"]
        for event in rows(app, ScreeningEvent, ScreeningEvent.kind == "taken_back")
    ] == [len(CALM) - 1]


def test_with_nothing_left_the_questionnaire_is_open_again(desk, citizen, app):
    type_all(desk, citizen)
    assert desk.post(f"{base(citizen)}/take-back").location == f"{base(citizen)}/answers"
    assert rows(app, Answer) == [] and rows(app, Screening)[0].finished_at is None
    assert "screening.taken_back" in [event.action for event in rows(app, AuditEvent)]


def test_what_she_answered_herself_meanwhile_is_not_overwritten(desk, citizen, client_of, app):
    desk.post(f"{base(citizen)}/questions")
    form = desk.get(f"{base(citizen)}/questions/goal").soup.find(
        "input", attrs={"name": "version"}
    )["value"]
    client_of(citizen.user, locale="uk").post(f"{MINE}/questions/goal", {"answer": "exact"})
    page = desk.post(
        f"{base(citizen)}/questions/goal", {"version": form, "answer": "vague"}, status=409
    )
    assert "Nothing of yours was saved" in page.words and page.soup.select_one(
        'button[value="exact"][aria-pressed="true"]'
    )
    assert [(answer.value, answer.typed_by_id) for answer in rows(app, Answer)] == [("exact", None)]
    desk.post(f"{base(citizen)}/questions/goal", {"answer": "vague"}, status=409)


def test_the_same_tap_twice_is_one_answer(desk, citizen, app):
    form = desk.get(f"{base(citizen)}/questions/goal").soup.find(
        "input", attrs={"name": "version"}
    )["value"]
    for _time in range(2):
        desk.post(f"{base(citizen)}/questions/goal", {"version": form, "answer": "vague"})
    assert [answer.value for answer in rows(app, Answer)] == ["vague"]


@pytest.mark.parametrize("fields", [{}, {"answer": "forged"}, {"answer": ["exact", "vague"]}])
def test_an_answer_that_was_not_offered_saves_nothing(desk, citizen, app, fields):
    assert "Choose an answer" in tap(desk, citizen, "goal", status=422, **fields).words
    assert rows(app, Answer) == []


# --- health
# ------------------------------------------------------------------------------


def test_health_does_not_exist_for_staff_without_the_right(desk, citizen):
    desk.post(f"{base(citizen)}/questions")
    assert desk.get(f"{base(citizen)}/answers").all("ask-health") == []
    desk.get(f"{base(citizen)}/questions/func1", status=404)
    desk.post(f"{base(citizen)}/questions/func1", {"item-mind": "lot"}, status=404)
    desk.post(f"{base(citizen)}/health", {"agrees": "yes"}, status=404)


@pytest.fixture
def adviser(make, client_of):
    person = make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS)
    patient = make.citizen(name="Serhii Demo", locale="uk", caseworker=person)
    browser = client_of(person)
    browser.post(f"{base(patient)}/questions")
    return browser, patient


def test_the_right_opens_health_only_after_asking_her_and_only_that_day(adviser, app):
    desk, patient = adviser
    desk.get(f"{base(patient)}/questions/func1", status=404)
    assert "Ask whether she wants" in desk.get(f"{base(patient)}/answers").one("ask-health").text
    assert (
        desk.post(f"{base(patient)}/health", {"agrees": "yes"}).location
        == f"{base(patient)}/questions/func1"
    )
    tap(desk, patient, "func1", **{"item-mind": "lot"})
    assert [row.typed_by_id is not None for row in rows(app, HealthAnswer)] == [True]
    with app.app_context():
        db.session.execute(
            update(Screening).values(health_agreed_at=clock.now() - timedelta(days=1))
        )
        db.session.commit()
    desk.get(f"{base(patient)}/questions/func1", status=404)
    assert (
        catalogue.question_text("func1", "uk").ask not in desk.get(f"{base(patient)}/answers").words
    )


def test_her_no_keeps_health_closed_and_is_noted(adviser, app):
    desk, patient = adviser
    assert (
        desk.post(f"{base(patient)}/health", {"agrees": "no"}).location
        == f"{base(patient)}/answers"
    )
    desk.get(f"{base(patient)}/questions/func1", status=404)
    assert [
        event.payload["agrees"]
        for event in rows(app, ScreeningEvent, ScreeningEvent.kind == "health_asked")
    ] == [False]


def test_health_answers_typed_in_are_sealed_raise_the_same_wish_and_go_when_taken_back(
    adviser, make, app
):
    desk, patient = adviser
    desk.post(f"{base(patient)}/health", {"agrees": "yes"})
    tap(desk, patient, "func2", answer="lot")
    tap(desk, patient, "func3", answer="yes")
    desk.post(f"{base(patient)}/finish")
    assert make.flags_of(patient) == [("adjustments", "needs", ["adjustments"], "open")]
    assert not any(b"lot" in row.value_sealed for row in rows(app, HealthAnswer))
    desk.post(f"{base(patient)}/take-back")
    assert rows(app, HealthAnswer) == [] and make.flags_of(patient) == []


def test_switched_off_health_cannot_be_asked_for(adviser, without_health):
    desk, patient = adviser
    assert desk.get(f"{base(patient)}/answers").all("ask-health") == []
    desk.post(f"{base(patient)}/health", {"agrees": "yes"}, status=404)


# --- who may come in
# ------------------------------------------------------------------------------


def test_somebody_elses_citizen_is_not_found(make, client_of, citizen):
    stranger = client_of(make.caseworker())
    for path in ("questions", "questions/goal", "answers"):
        stranger.get(f"{base(citizen)}/{path}", status=404)
    for path in ("questions", "questions/goal", "finish", "take-back", "health"):
        stranger.post(f"{base(citizen)}/{path}", {"answer": "exact"}, status=404)


def test_a_helper_types_in_under_her_own_name(make, client_of, citizen, app):
    helper = make.helper(citizen, scope=Scope.ALL)
    client_of(helper).post(f"{MINE}/questions/goal", {"answer": "exact"})
    assert [answer.typed_by_id for answer in rows(app, Answer)] == [helper.id]


def test_two_hands_at_the_same_question_begin_one_questionnaire_and_the_later_one_is_told(
    app, citizen, staff
):
    question, typist = (
        catalogue.questionnaire().find("lang"),
        Typist(staff.id, "Anne", "caseworker"),
    )
    unanswered = version_of({"is_given": False, "value": None})

    def answer(value, by, version):
        with app.app_context(), write():
            services.record_answer(
                citizen.id, question, value, locale="en", now=clock.now(), by=by, version=version
            )

    came = race(
        [
            partial(answer, "da", None, None),
            *(partial(answer, code, typist, unanswered) for code in ("en", "uk", "pl")),
        ]
    )
    assert set(came) <= {"won", "Stale"} and "Stale" in came
    assert (len(rows(app, Screening)), len(rows(app, Answer))) == (1, 1)
