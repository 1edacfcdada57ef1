"""The letter says the reason that was chosen, and a wish leads to an offer as the page promises."""

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.messages.models import Message
from jobunivers.screening import catalogue, notices
from jobunivers.screening.models import Review
from jobunivers.screening.types import Choice, Reason, Route
from tests.support.make_screening import FAR

LANGUAGES = ["da", "en", "uk"]


@pytest.fixture
def staff(make):
    return make.caseworker()


@pytest.fixture
def maja(make, staff):
    return make.citizen(name="Maja", caseworker=staff, locale="en", log_in=True)


@pytest.fixture
def desk(client_of, staff):
    return client_of(staff)


def decide(desk, flag_id, status=303, **form):
    here = f"/caseworker/flags/{flag_id}"
    given = {"offer_kind": "follow-up", "seen": "0", "note": "", "message": "", **form}
    return desk.post(f"{here}/review", given, status=status)


def count(app, model):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(model.id)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.OTHER])
def test_every_reason_has_a_sentence_of_its_own_in_the_letter(app, language, reason):
    with app.app_context():
        texts = [
            notices.decision_text(choice, language, kind=None, later_on=None, reason=given).body
            for choice in (Choice.STANDARD_OFFER, Choice.OTHER_SUPPORT)
            for given in (None, reason)
        ]
        assert texts[1].startswith(texts[0]) and texts[3].startswith(texts[2])
        sentence = catalogue.texts(language).because[reason]
        assert texts[1].endswith(sentence) and texts[3].endswith(sentence)
        assert list(catalogue.texts(language).because.values()).count(sentence) == 1


def test_no_room_is_not_said_to_be_enough(app, make, maja, desk, client_of):
    flag_id = make.flag(maja, rule="points", route=Route.POINTS, reasons=["work36"])
    decide(desk, flag_id, choice="standard_offer", reason="capacity")
    with app.app_context():
        review_id = db.session.scalars(sa.select(Review.id)).one()
        (params,) = [
            m.params for m in db.session.scalars(sa.select(Message)) if m.kind == "decision"
        ]
        letter = notices.render_decision(params, "en").body
    page = client_of(maja.user).get(f"/my/screening/decisions/{review_id}").words
    for told in (letter, page):
        assert "We have no room for more talks just now." in told
        assert "enough" not in told


@pytest.mark.parametrize("reason", ["capacity", "model_seems_wrong", "local_job_market", "other"])
def test_a_wish_is_not_turned_down(app, make, maja, desk, reason):
    flag_id = make.flag(maja)
    form = {"choice": "standard_offer", "reason": reason, "message": "Hello"}
    page = decide(desk, flag_id, status=422, **form)
    assert "She asked for this herself, and we promise an offer." in page.words
    assert count(app, Review) == 0
    decide(desk, flag_id, **form | {"choice": "offer_later"})
    assert count(app, Review) == 1


@pytest.mark.parametrize("reason", ["citizen_declined", "already_sorted", "duplicate_contact"])
def test_a_wish_that_is_met_or_gone_needs_no_offer(app, make, maja, desk, reason):
    decide(desk, make.flag(maja), choice="standard_offer", reason=reason)
    assert count(app, Review) == 1


def test_another_reason_is_told_in_own_words(app, make, maja, desk):
    flag_id = make.flag(maja, rule="points", route=Route.POINTS, reasons=["work36"])
    page = decide(desk, flag_id, status=422, choice="standard_offer", reason="other")
    assert "Write to her what the reason is." in page.words
    assert count(app, Review) == 0


def test_no_local_figure_stands_where_nothing_was_measured(make, maja, desk):
    screening_id = make.screening(maja, FAR)
    flag_id = make.flag(
        maja,
        rule="points",
        route=Route.POINTS,
        reasons=["work36"],
        screening_id=screening_id,
        score="v0",
    )
    words = desk.get(f"/caseworker/flags/{flag_id}").words
    assert "has not been measured" in words and "of 10" not in words
