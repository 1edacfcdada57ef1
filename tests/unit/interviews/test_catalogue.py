"""Every question and its advice in three languages, under a key that fits a path."""

import re

import pytest

from jobunivers.interviews.catalogue import find_question, questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.key)
def test_question_is_complete_in_three_languages(question):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.key)
    for texts in (question.text, question.hint):
        assert all(texts[code].strip() for code in ("da", "en", "uk"))
    assert "'" not in question.text["uk"] + question.hint["uk"]


def test_keys_are_unique_and_those_that_exercises_write_are_there():
    keys = [question.key for question in questions()]
    assert len(keys) == len(set(keys))
    for key in (
        "about-me",
        "example",
        "motivation",
        "gap",
        "weakness",
        "salary",
        "strengths",
        "questions",
    ):
        assert find_question(key)
    assert find_question("shoe-size") is None
