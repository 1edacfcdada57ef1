"""The caseworker's queue and decision; what the citizen reads of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from jobunivers.contact.models import Need, Task
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages.models import Message
from jobunivers.screening import flag_queries, flag_services, log_queries, queries
from jobunivers.screening.models import Flag, Review
from jobunivers.screening.types import Choice, Route
from jobunivers.shared import clock
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.db import write
from jobunivers.shared.errors import Stale
from tests.support.htmx import assert_swap_equals_reload
from tests.support.make_screening import CALM

FLAGS = "/caseworker/flags"


@pytest.fixture
def staff(make):
    return make.caseworker()


@pytest.fixture
def citizen(make, staff):
    return make.citizen(name="Oksana Demo", locale="uk", caseworker=staff)


@pytest.fixture
def flag_id(make, citizen, app):
    make.screening(citizen, locale="uk", help_wanted="in_person", travel=None)
    with app.app_context():
        return db.session.scalar(select(Flag.id))


@pytest.fixture
def desk(staff, client_of):
    return client_of(staff)


def decide(desk, flag_id, status=303, **fields):
    form = {
        "choice": "offer_now",
        "offer_kind": "follow-up",
        "reason": "",
        "message": "",
        "note": "",
        "seen": "0",
        **fields,
    }
    return desk.post(f"{FLAGS}/{flag_id}/review", form, status=status)


def all_of(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.created_at, model.id)))


def test_queue_is_ordered_by_route_then_waiting_time_and_says_so(make, staff, desk):
    now = clock.now()
    for name, route, days in (
        ("Ada", Route.RANDOM, 9),
        ("Bea", Route.POINTS, 8),
        ("Cia", Route.NEEDS, 1),
        ("Dea", Route.TIME, 7),
        ("Eva", Route.NEEDS, 3),
    ):
        make.flag(
            make.citizen(name=name, caseworker=staff),
            rule=name,
            route=route,
            reasons=["help_wanted"],
            now=now - timedelta(days=days),
        )
    page = desk.get(FLAGS)
    assert [row.strong.text for row in page.all("flag")] == ["Eva", "Cia", "Dea", "Bea", "Ada"]
    assert (
        "In each group the longest waiting comes first" in page.words
        and "has waited 3 days" in page.words
    )


def test_queue_turns_pages_without_repeating_or_losing_anybody(make, staff, desk):
    for number in range(45):
        make.flag(
            make.citizen(name=f"Citizen {number:02}", caseworker=staff, log_in=False),
            now=clock.now() - timedelta(hours=number // 3),
        )
    seen, url = [], FLAGS
    while url:
        page = desk.get(url)
        seen += [row.strong.text for row in page.all("flag")]
        url = link["href"] if (link := page.soup.select_one("a[rel=next]")) else None
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "0_2026-01-01_x", "0_2026-01-01T00:00_00000000-0000-0000-0000-000000000000"],
)
def test_a_forged_place_in_the_list_is_not_found(desk, cursor):
    desk.get(f"{FLAGS}?after={cursor}", status=404)


def test_empty_queue_says_what_would_be_here(desk):
    assert "Nobody waits" in desk.get(FLAGS).words


def test_flag_shows_her_sentences_in_danish_and_as_she_read_them_with_no_choice_made(desk, flag_id):
    page = desk.get(f"{FLAGS}/{flag_id}")
    pair = page.all("answer-pair")[0]
    assert (
        "Ja, hvor vi mødes" in pair.select_one("[lang=da]").text
        and "Так, особисто" in pair.select_one("[lang=uk]").text
    )
    assert not page.soup.select("input[type=radio][checked]")
    assert len(page.soup.select("input[name=choice]")) == 4
    assert "Could you get to a workplace" in page.one("missing").text
    assert "Would like a talk soon" in page.words


def test_each_look_is_audited_for_the_citizen(desk, flag_id, citizen, app):
    desk.get(f"{FLAGS}/{flag_id}")
    looks = [
        (row.citizen_id, row.purpose)
        for row in all_of(app, AuditEvent)
        if row.action == "flag.view"
    ]
    assert looks == [(citizen.id, "own_caseload")]


def test_somebody_elses_flag_is_not_found_and_nothing_is_audited(make, client_of, flag_id, app):
    other = client_of(make.caseworker())
    other.get(f"{FLAGS}/{flag_id}", status=404)
    decide(other, flag_id, status=404)
    other.post(f"{FLAGS}/{flag_id}/preview", {}, status=404)
    assert other.get(FLAGS).all("flag") == []
    assert [row for row in all_of(app, AuditEvent) if row.action == "flag.view"] == []


def test_citizens_and_strangers_do_not_reach_the_queue(client, client_of, citizen, flag_id):
    client.get(FLAGS, status=303)
    client_of(citizen.user, locale="uk").get(f"{FLAGS}/{flag_id}", status=403)


def test_colleague_in_the_team_may_decide(make, staff, client_of, flag_id):
    colleague = client_of(make.staff(Grant.CASEWORKER, team_id=staff.team_id))
    assert "Why do you open this page?" in colleague.get(f"{FLAGS}/{flag_id}").words
    colleague.get(f"{FLAGS}/{flag_id}?because=standing_in")
    decide(colleague, flag_id)


def test_offer_now_opens_a_need_tells_the_citizen_in_her_language_and_is_written_down(
    desk, flag_id, citizen, app, client_of
):
    assert (
        decide(desk, flag_id, message="Я радо з вами зустрінуся.").location == f"{FLAGS}/{flag_id}"
    )
    (review,) = all_of(app, Review)
    (need,) = all_of(app, Need)
    assert (need.citizen_id, need.kind, need.reason, review.need_id) == (
        citizen.id,
        "follow-up",
        "offer",
        need.id,
    )
    (told,) = all_of(app, Message)
    assert told.kind == "decision" and told.params["deadline_on"] == need.deadline_on.isoformat()
    with app.app_context():
        assert [event.kind for event in log_queries.list_events()][-1] == "decided"
    reader = client_of(citizen.user, locale="uk")
    page = reader.get(f"/my/screening/decisions/{review.id}")
    assert (
        "Вам пропонують зустріч" in page.words
        and "Я радо з вами зустрінуся." in page.one("own-words").text
    )
    assert "Наступна зустріч" in page.words
    assert (
        page.one("book")["href"] == f"/my/meetings/book?need={need.id}"
    )  # straight to the times of what was offered
    assert "Якщо не можете, напишіть" in reader.get("/my/messages").words


def test_offer_later_stands_on_the_caseworkers_own_list(desk, flag_id, staff, app):
    decide(desk, flag_id, choice="offer_later")
    (task,) = all_of(app, Task)
    assert (task.user_id, task.due_on) == (staff.id, clock.today() + timedelta(days=28))
    assert all_of(app, Need) == []


@pytest.mark.parametrize("choice", ["standard_offer", "other_support"])
def test_not_offering_needs_a_reason(desk, flag_id, app, choice):
    page = decide(desk, flag_id, status=422, choice=choice)
    assert "Choose why the suggested offer is not given" in page.words
    assert all_of(app, Review) == []
    decide(desk, flag_id, choice=choice, reason="already_sorted")
    assert [(review.choice, review.reason) for review in all_of(app, Review)] == [
        (choice, "already_sorted")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": ""},
        {"choice": "forged"},
        {"reason": "forged"},
        {"offer_kind": "forged"},
        {"message": "x" * 601},
        {"note": "x" * 5001},
    ],
)
def test_a_wrong_form_saves_nothing(desk, flag_id, app, wrong):
    decide(desk, flag_id, status=422, **wrong)
    assert all_of(app, Review) == []


@pytest.mark.parametrize("seen", ["", "-1", "9" * 50, "x"])
def test_a_forged_stamp_counts_as_stale(desk, flag_id, app, seen):
    decide(desk, flag_id, status=409, seen=seen)
    assert all_of(app, Review) == []


def test_second_decision_on_a_stale_form_is_refused_and_shows_what_was_decided(desk, flag_id, app):
    decide(desk, flag_id)
    page = decide(desk, flag_id, status=409, choice="standard_offer", reason="already_sorted")
    assert "Something new came in the meantime" in page.words
    assert "Offer it now" in page.one("decided").text
    assert len(all_of(app, Review)) == 1


def test_a_new_view_is_a_new_decision(desk, flag_id, app):
    decide(desk, flag_id)
    decide(desk, flag_id, seen="1", choice="other_support", reason="life_event")
    assert [review.choice for review in all_of(app, Review)] == ["offer_now", "other_support"]


def test_preview_is_in_the_citizens_language_and_saves_nothing(desk, flag_id, app):
    block = desk.htmx_post(
        f"{FLAGS}/{flag_id}/preview",
        {"choice": "offer_now", "offer_kind": "follow-up", "message": "Hej"},
    )
    assert "Вам пропонують зустріч" in block.words and "Hej" in block.words
    whole = desk.post(
        f"{FLAGS}/{flag_id}/preview",
        {"choice": "offer_now", "offer_kind": "follow-up", "message": "Hej"},
        status=200,
    )
    assert_swap_equals_reload(block, whole, '[data-test="preview"]')
    assert all_of(app, Review) == []


def test_an_objection_waits_for_an_answer_whoever_reads_it(
    desk, flag_id, citizen, staff, make, client_of, app
):
    other = make.staff(Grant.CASEWORKER, team_id=staff.team_id)
    decide(desk, flag_id)
    (review,) = all_of(app, Review)
    reader = client_of(citizen.user, locale="uk")
    mine = f"/my/screening/decisions/{review.id}"
    reader.post(f"{mine}/reply", {"text": ""}, status=422)
    reader.post(f"{mine}/reply", {"text": "Мені краще телефоном."})
    reader.post(f"{mine}/reply", {"text": "Мені краще телефоном."})
    (task,) = [task for task in all_of(app, Task) if task.what == "objection"]
    assert (task.user_id, task.done_at) == (other.id, None)
    assert task.due_on > clock.today()
    colleague = client_of(other)
    for screen, address in ((desk, flag_id), (colleague, f"{flag_id}?because=standing_in")):
        assert len(screen.get(f"{FLAGS}/{address}").all("reply")) == 1
    for screen in (desk, colleague):  # reading has cleared nothing
        assert "Oksana Demo" in screen.get(FLAGS).one("unread-replies").text
    assert "Ви отримаєте відповідь" in reader.get(mine).one("reply").text
    refused = decide(desk, flag_id, status=403, seen="2", message="Ні, як було.")
    assert "A colleague answers this" in refused.words
    assert desk.get(f"{FLAGS}/{flag_id}").all("review") == []
    decide(colleague, flag_id, status=409, seen="1", message="Ми зателефонуємо.")
    decide(colleague, flag_id, status=422, seen="2", message="")
    decide(colleague, flag_id, seen="2", message="Ми зателефонуємо.")
    assert desk.get(FLAGS).all("unread-replies") == []
    assert [task.done_at is not None for task in all_of(app, Task) if task.what == "objection"] == [
        True
    ]


def test_an_objection_goes_to_her_caseworker_when_the_team_has_nobody_else(
    desk, flag_id, citizen, staff, client_of, app
):
    decide(desk, flag_id)
    (review,) = all_of(app, Review)
    reader = client_of(citizen.user, locale="uk")
    reader.post(f"/my/screening/decisions/{review.id}/reply", {"text": "Ні."})
    assert [task.user_id for task in all_of(app, Task) if task.what == "objection"] == [staff.id]
    decide(desk, flag_id, seen="2", message="Ми подивилися ще раз.")
    assert all(task.done_at for task in all_of(app, Task) if task.what == "objection")


def test_an_objection_about_health_goes_to_somebody_with_the_right_to_read_it(
    make, staff, citizen, app
):
    blind = make.staff(Grant.CASEWORKER, team_id=staff.team_id)
    seeing = make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS, team_id=staff.team_id)
    decider = make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS, team_id=staff.team_id)
    flag = make.flag(citizen, rule="adjustments")
    decision = {"choice": Choice.OFFER_LATER, "reason": None, "offer_kind": None, "seen": 0}
    with app.app_context(), write():
        review = flag_services.review_flag(
            flag,
            reviewer_id=decider.id,
            sees_health=True,
            note="",
            message="",
            now=clock.now(),
            **decision,
        )
        flag_services.reply(citizen.id, "Ні.", now=clock.now(), review_id=review.id)
    (task,) = [task for task in all_of(app, Task) if task.what == "objection"]
    assert task.user_id == seeing.id and task.user_id not in (blind.id, staff.id)


def test_decision_is_new_until_the_citizen_has_opened_it(desk, flag_id, citizen, client_of, app):
    decide(desk, flag_id)
    (review,) = all_of(app, Review)
    with app.app_context():
        assert [line.is_new for line in flag_queries.list_decisions_for(citizen.id)] == [True]
    client_of(citizen.user, locale="uk").get(f"/my/screening/decisions/{review.id}")
    with app.app_context():
        assert [line.is_new for line in flag_queries.list_decisions_for(citizen.id)] == [False]


def test_somebody_elses_decision_is_not_found(desk, flag_id, make, client_of, app):
    decide(desk, flag_id)
    (review,) = all_of(app, Review)
    stranger = client_of(make.citizen(name="Somebody Else").user)
    stranger.get(f"/my/screening/decisions/{review.id}", status=404)
    stranger.post(f"/my/screening/decisions/{review.id}/reply", {"text": "x"}, status=404)
    stranger.get(f"/my/screening/decisions/{uuid4()}", status=404)


def test_health_wish_is_seen_only_by_staff_with_the_right(
    make, staff, citizen, desk, client_of, app
):
    make.screening(citizen, locale="uk", func1={"mind": "lot"}, func2="lot", func3="yes")
    with app.app_context():
        flag_id = db.session.scalar(select(Flag.id))
    assert desk.get(FLAGS).all("flag") == []
    desk.get(f"{FLAGS}/{flag_id}", status=404)
    adviser = client_of(make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS, team_id=staff.team_id))
    page = adviser.get(f"{FLAGS}/{flag_id}?because=citizen_called")
    assert "huske eller koncentrere" in page.words
    assert page.soup.select_one("option[selected]")["value"] == "talk-about-adjustments"


def test_health_answers_never_stand_on_an_ordinary_flag(make, citizen, desk, app):
    make.screening(
        citizen, locale="uk", help_wanted="remote", func1={"mind": "lot"}, func2="lot", func3="yes"
    )
    with app.app_context():
        flag_id = db.session.scalar(select(Flag.id).where(Flag.rule == "needs"))
    assert "koncentrere" not in desk.get(f"{FLAGS}/{flag_id}").text


def test_a_health_wish_is_not_left_lying_when_nobody_in_the_team_may_see_it(
    make, citizen, client_of, app
):
    make.screening(citizen, locale="uk", func2="lot", func3="yes")
    other = make.caseworker()
    elsewhere = client_of(make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS, team_id=other.team_id))
    assert len(elsewhere.get(FLAGS).all("flag")) == 1


def test_staff_raises_a_flag_without_a_screening_for_own_citizens_only(
    desk, make, staff, client_of, app
):
    citizen = make.citizen(name="Calls By Phone", caseworker=staff)
    where = desk.post(f"{FLAGS}/raise/{citizen.id}").location
    assert "Asked for a talk" in desk.get(where).words
    client_of(make.caseworker()).post(f"{FLAGS}/raise/{citizen.id}", status=404)


def count_queries(app, call):
    counted = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest):
        counted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    call()
    event.remove(engine, "before_cursor_execute", note)
    return [
        statement
        for statement in counted
        if not statement.startswith(("BEGIN", "SAVEPOINT", "PRAGMA"))
    ]


def test_pages_ask_the_database_few_questions_however_long_the_queue_is(
    make, staff, citizen, desk, client_of, flag_id, app
):
    short = len(count_queries(app, lambda: desk.get(FLAGS)))
    for number in range(15):
        make.flag(make.citizen(name=f"More {number}", caseworker=staff, log_in=False))
    assert len(count_queries(app, lambda: desk.get(FLAGS))) == short <= 14
    assert len(count_queries(app, lambda: desk.get(f"{FLAGS}/{flag_id}"))) <= 14
    reader = client_of(citizen.user, locale="uk")
    for path in ("", "/questions/goal", "/questions/func1", "/answers", "/result"):
        status = 303 if path == "" else 200
        assert (
            len(
                count_queries(
                    app,
                    lambda path=path, status=status: reader.get(
                        f"/my/screening{path}", status=status
                    ),
                )
            )
            <= 9
        ), path


def test_two_people_deciding_at_once_make_one_decision(flag_id, staff, app):
    common = {
        "reviewer_id": staff.id,
        "sees_health": False,
        "seen": 0,
        "choice": Choice.OFFER_LATER,
        "reason": None,
    }
    more = {"offer_kind": None, "note": "", "message": "", "now": clock.now()}
    with app.app_context():
        with write():
            flag_services.review_flag(flag_id, **common, **more)
        with pytest.raises(Stale), write():
            flag_services.review_flag(flag_id, **common, **more)
    assert len(all_of(app, Review)) == 1


def test_everything_about_a_citizen_is_plain_data_without_points(make, citizen, desk, flag_id, app):
    import json

    decide(desk, flag_id, note="Only for colleagues")
    with app.app_context():
        known = queries.everything_about_citizen(citizen.id)
    text = json.dumps(known)
    assert "in_person" in text and "Only for colleagues" in text and '"points"' not in text
    assert known["screenings"][0]["answers"]["goal"] == CALM["goal"]
