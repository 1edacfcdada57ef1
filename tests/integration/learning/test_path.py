"""A course of one's own, drafts with return codes, and what happens to them after log-in."""

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import access
from jobunivers.identity.models import Owner
from jobunivers.learning import arrival_http as arrivals
from jobunivers.learning import catalogue, queries
from jobunivers.learning import suggestion_pages as suggestions
from jobunivers.learning.types import Suggestion
from tests.support.client import PageClient

PROFILE = "/modules/cv/profile-text"


def chosen(page):
    return [step.h3.text for step in page.all("step")]


def title(slug):
    return catalogue.get_module(slug).text("en").title


def test_somebody_without_draft_or_log_in_is_led_to_log_in(client):
    assert client.get("/my/path", status=303).location.startswith("/log-in")


def test_course_begins_without_log_in(client):
    client.post("/my/path/cv/choose")
    page = client.get("/my/path")
    assert chosen(page) == [title("cv")]
    assert "stay on this device for 90 days" in page.words


def test_modules_are_chosen_moved_and_taken_off(make, client_of):
    browser = client_of(make.citizen().user)
    for slug in ("cv", "application", "interview"):
        browser.post(f"/my/path/{slug}/choose")
    browser.post("/my/path/interview/move", {"to": "up"})
    assert chosen(browser.get("/my/path")) == [
        title("cv"),
        title("interview"),
        title("application"),
    ]
    browser.post("/my/path/cv/move", {"to": "up"})
    browser.post("/my/path/cv/turn-down")
    assert chosen(browser.get("/my/path")) == [title("interview"), title("application")]
    browser.post("/my/path/cv/choose")
    assert chosen(browser.get("/my/path"))[-1] == title("cv")


def test_course_refuses_forged_input(make, client_of):
    browser = client_of(make.citizen().user)
    browser.post("/my/path/no-such-module/choose", status=404)
    browser.post("/my/path/cv/move", {"to": "sideways"}, status=422)


@pytest.mark.parametrize("act", ["choose", "turn-down", "move"])
def test_swap_equals_reload_on_the_course(make, client_of, act):
    browser = client_of(make.citizen().user)
    browser.post("/my/path/cv/choose")
    browser.post("/my/path/interview/choose")
    block = browser.htmx_post(f"/my/path/interview/{act}", {"to": "up"})
    assert block.words == " ".join(
        browser.get("/my/path").soup.select_one("#course").get_text(" ").split()
    )


def test_suggestions_carry_a_reason_and_go_when_turned_down(make, client_of):
    browser = client_of(make.citizen().user)
    first = browser.get("/my/path").all("suggestion")
    assert "Because" in first[0].text
    assert first[0].h3.text == title("first-steps")
    browser.post("/my/path/first-steps/turn-down")
    assert title("first-steps") not in [
        card.h3.text for card in browser.get("/my/path").all("suggestion")
    ]


def test_other_features_suggest_with_their_own_reason(make, client_of, monkeypatch):
    class Source:
        def suggest(self, owner_id, citizen_id):
            return [Suggestion("network", "Because you said that you know few people here.")]

    monkeypatch.setattr(suggestions, "SUGGESTIONS", Source)
    page = client_of(make.citizen().user).get("/my/path")
    assert page.all("suggestion")[0].p.text == "Because you said that you know few people here."


def test_course_goes_on_where_one_was(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.get("/modules/cv/purpose")
    assert browser.get("/my/path").one("continue").a["href"] == "/modules/cv/purpose"
    browser.post("/modules/cv/purpose", {"item-cpr": "out", "done": "1"})
    with app.app_context():
        assert queries.find_continue(citizen.owner_id).lesson.key == "cv/profile-text"
    assert "Go on with “The profile text”" in browser.get("/modules/cv").words
    assert "1 of 6 lessons done" in browser.get("/modules").words


def test_nothing_begun_is_nothing_to_continue(app, make):
    citizen = make.citizen()
    with app.app_context():
        assert queries.find_continue(citizen.owner_id) is None


def test_notes_are_shown_and_printed_in_words(make, client_of):
    browser = client_of(make.citizen().user)
    browser.post("/modules/first-steps/digital-or-not", {"answer": "phone", "done": "1"})
    label = catalogue.get_lesson("first-steps", "digital-or-not")[1].words("en").options["phone"]
    assert label in browser.get("/my/path").one("note").text
    assert label in browser.get("/my/path/print").words


def test_staff_has_no_course(make, client_of):
    browser = client_of(make.caseworker().id)
    browser.get("/my/path", status=403)
    browser.post("/my/path/cv/choose", status=403)


def test_course_page_costs_few_queries_however_long_it_is(app, make, client_of):
    browser = client_of(make.citizen().user)
    for module in catalogue.modules():
        browser.post(f"/my/path/{module.slug}/choose")
    with app.app_context():
        engine = db.engine
    asked = []
    listener = lambda _conn, _cursor, statement, *_args: asked.append(statement)  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listener)
    browser.get("/my/path")
    sa.event.remove(engine, "before_cursor_execute", listener)
    assert len(asked) <= 9, asked


def with_draft(client, text="written before log-in"):
    client.post(PROFILE, {"answer": text, "done": "1", "seen": ""})
    client.post("/modules/first-steps/digital-or-not", {"answer": "phone", "done": "1"})
    return client


def code_of(client):
    return client.post("/r/keep", status=200).one("return-code").text


def test_code_leads_back_on_another_device_and_is_shown_once(app, client):
    with_draft(client)
    code = code_of(client)
    assert code not in client.get("/r/keep").text
    other = PageClient(app)
    assert other.post("/r", {"code": code.lower().replace("-", " ")}).location == "/my/path"
    assert "written before log-in" in other.get(PROFILE).text
    third = PageClient(app)
    assert third.get(f"/r/{code}", status=303).location == "/r/ask"
    assert third.post("/r/ask", {"choice": "mine"}).location == "/my/path"
    assert "written before log-in" in third.get(PROFILE).text
    with app.app_context():
        assert code.replace("-", "") not in str(
            [owner.code_hash for owner in db.session.scalars(sa.select(Owner))]
        )


def test_new_code_ends_the_old_one(client):
    with_draft(client)
    old = code_of(client)
    code_of(client)
    assert "We do not know this code" in client.post("/r", {"code": old}, status=422).words


def test_wrong_codes_are_refused_and_guessing_is_locked(client):
    client.post("/r", {"code": ""}, status=422)
    for number in range(10):
        client.post("/r", {"code": f"WRONG{number}"}, status=422)
    client.post("/r", {"code": "WRONG"}, status=429)
    client.get("/r/WRONG", status=429)


def test_other_work_on_the_device_is_not_lost_silently(app, client):
    code = code_of(with_draft(client))
    other = with_draft(PageClient(app), "from another person")
    page = other.follow(other.post("/r", {"code": code}))
    assert "other work on this device" in page.words
    assert "from another person" in other.get(PROFILE).text
    other.post("/r/ask", {"choice": "mine"})
    assert "written before log-in" in other.get(PROFILE).text


def test_link_that_somebody_sends_changes_nothing_until_one_says_that_the_work_is_ones_own(
    app, client
):
    code = code_of(with_draft(client))
    other = PageClient(app)
    answer = other.get(f"/r/{code}", status=303, headers={"Sec-Fetch-Site": "cross-site"})
    assert code not in str(answer.headers) and other.http.get_cookie(access.DRAFT_COOKIE) is None
    page = other.follow(answer)
    assert "Did somebody else send you this link" in page.words and "The profile text" in page.words
    assert "written before log-in" not in page.words and "no-store" in page.headers["Cache-Control"]
    assert "choose one of the two" in other.post("/r/ask", {}, status=422).words
    assert other.post("/r/ask", {"choice": "not-mine"}).location == "/modules"
    assert other.http.get_cookie(access.DRAFT_COOKIE) is None
    assert other.post("/r/ask", {"choice": "mine"}).location == "/r"
    with_draft(other, "on her own")
    assert "on her own" not in client.get(PROFILE).text


def test_own_link_opened_again_on_the_same_device_asks_nothing(client):
    code = code_of(with_draft(client))
    assert client.get(f"/r/{code}", status=303).location == "/my/path"


def test_question_cannot_be_made_up_or_answered_too_late(app, client, make):
    with app.test_request_context("/"):
        draft_cookie = access._serializer().dumps(str(make.draft()))
    client.http.set_cookie(arrivals.COOKIE, draft_cookie, path="/")
    assert client.post("/r/ask", {"choice": "mine"}).location == "/r"
    code = code_of(with_draft(client))
    other = PageClient(app)
    other.get(f"/r/{code}", status=303)
    client.post("/r/leave", {"choice": "delete"})
    assert other.get("/r/ask", status=303).location == "/r"


def test_leaving_a_shared_computer_forgets_the_draft_here_and_keeps_it_behind_its_code(app, client):
    code = code_of(with_draft(client))
    assert client.get("/my/path").soup.select('a[href="/r/leave"]') and client.get(
        "/r/keep"
    ).soup.select('a[href="/r/leave"]')
    assert client.get("/r/leave").one("leave")
    client.post("/r/leave", {}, status=422)
    answer = client.post("/r/leave", {"choice": "keep"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.http.get_cookie(access.DRAFT_COOKIE) is None
    assert "profile" not in client.follow(answer).words.lower()
    assert PageClient(app).post("/r", {"code": code}).location == "/my/path"


def test_leaving_with_delete_erases_what_was_written(app, client):
    with_draft(client)
    page = client.get("/r/leave")
    assert not page.all("leave") and page.one("leave-and-delete")
    client.post("/r/leave", {"choice": "delete"})
    with app.app_context():
        assert not db.session.scalars(sa.select(Owner)).all()
    assert client.get("/my/path", status=303).location.startswith("/log-in")


def test_leaving_is_for_people_who_never_logged_in(make, client_of, client):
    browser = client_of(make.citizen().user)
    assert browser.get("/r/leave", status=303).location == "/my/path"
    assert browser.post("/r/leave", {"choice": "delete"}).location == "/my/path"
    assert client.get("/r/leave").one("leave")
    assert client.post("/r/leave").location == "/r/left"


def test_code_page_is_for_drafts_only(make, client_of, client):
    assert client_of(make.citizen().user).get("/r/keep", status=303).location == "/my/path"
    assert client.get("/r/keep", status=303).location.startswith("/log-in")


def test_after_log_in_one_is_asked_and_takes_the_work_along(app, make, client, things):
    citizen = make.citizen()
    with_draft(client)
    client.post("/my/path/interview/choose")
    client.log_in(citizen.user)
    assert client.get("/my/path", status=303).location == "/my/path/take-along"
    page = client.get("/my/path/take-along")
    assert "The profile text" in page.words
    assert "written before log-in" not in page.words
    client.post("/my/path/take-along", {"choice": "take"})
    assert things["cv"].kept[citizen.owner_id]["profile"] == "written before log-in"
    page = client.get("/my/path")
    assert chosen(page) == [title("interview")]
    assert page.one("note")
    with app.app_context():
        assert {row.lesson for row in queries.list_progress(citizen.owner_id) if row.done_at} == {
            "cv/profile-text",
            "first-steps/digital-or-not",
        }
        assert [owner.kind.value for owner in db.session.scalars(sa.select(Owner))] == ["citizen"]


def test_work_that_is_left_stays_behind_its_code(make, client, things):
    citizen = make.citizen()
    code = code_of(with_draft(client))
    client.log_in(citizen.user)
    client.post("/my/path/take-along", {"choice": "leave"})
    client.get("/my/path")
    assert not things["cv"].kept[citizen.owner_id]
    assert client.post("/r", {"code": code}).location == "/my/path"
    assert client.get("/my/path", status=303).location == "/my/path/take-along"


def test_own_text_is_never_overwritten_by_a_draft(make, client, things):
    citizen = make.citizen()
    things["cv"].kept[citizen.owner_id]["profile"] = "my own"
    with_draft(client).log_in(citizen.user)
    client.post("/my/path/take-along", {"choice": "take"})
    assert things["cv"].kept[citizen.owner_id]["profile"] == "my own"


def test_taking_along_needs_an_answer(make, client):
    with_draft(client).log_in(make.citizen().user)
    assert "choose one of the two" in client.post("/my/path/take-along", {}, status=422).words


def test_empty_draft_raises_no_question(make, client):
    client.post("/my/path/cv/choose")
    client.post("/my/path/cv/turn-down")
    client.log_in(make.citizen().user)
    client.get("/my/path", status=200)


def test_everything_about_an_owner_is_plain(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.post("/modules/first-steps/digital-or-not", {"answer": "phone", "done": "1"})
    browser.post("/my/path/cv/choose")
    with app.app_context():
        known = queries.everything_about_owner(citizen.owner_id)
    assert known["notes"][0]["answer"] == "phone"
    assert known["course"] == [{"module": "cv", "turned_down": False}]
    assert known["lessons"][0]["lesson"] == "first-steps/digital-or-not"
