"""A helper reads of the person whom she helps: no page under /my says "you" of that person, but for what
is quoted (questions at a job interview) or said to whoever sits there.
"""

import re

import pytest
from babel.messages.pofile import read_po

from jobunivers.shared import i18n
from jobunivers.shared.helper_words import TO_HERSELF_OF_HER

YOU = re.compile(r"\b(you|your|yours|yourself|my|me)\b", re.IGNORECASE)
QUOTED = ("/my/interviews",)  # what an employer asks
# Said to whoever sits there and writes, or to everybody (texts of the profile and of ports).
TO_WHOEVER_WRITES = (
    "and who has looked",
    "Some short questions",
    "the one you help",
    "I would rather talk",
    "You can always do this with a person",
    "takes you through it",
    "First you see what is in the file",
    "the PDF as you got it",
    "Then you take out",
    "Only you see the name",
    "A CPR number, birth date or photo",
    "your trade, or the job",
    "You, the helper",
    "Your log-in",
    "Find one advert you like",
    "You may leave anything out",
    "you may leave this out",
    "what you can do",
    "how your job search is going",
    "what you have tried",
    "You decide what to tell",
    "Choose what helps you now",
    "whatever you do next",
    "What you write in lessons",
    "and you. The caseworker cannot",
    "Somebody you know",
    "help you fill these lists",
    "You can skip any question",
    "you are logged out",
    "See where you are logged in",
    "Jobs you can apply for",
    "Jobs where you use",
    "My own trade",  # names of tracks, from the profile
    "Close to my trade",
)


@pytest.fixture
def helper(make, client_of):
    return client_of(make.helper(make.citizen(name="Peter Papir", caseworker=make.caseworker())))


def sentences(page):
    for part in page.soup.main.stripped_strings:
        yield " ".join(part.split())


def test_no_page_that_a_helper_opens_speaks_to_her_as_the_person(app, helper):
    with app.test_request_context("/"):
        paths = sorted(
            rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and not rule.arguments and rule.rule.startswith("/my")
        )
    found, looked = [], 0
    for path in paths:
        answer = helper.http.get(path, follow_redirects=True)
        if answer.status_code != 200 or answer.mimetype != "text/html" or path in QUOTED:
            continue
        looked += 1
        page = helper._check(answer, 200)
        found += [
            f"{path}: {text}"
            for text in sentences(page)
            if YOU.search(text) and not any(known in text for known in TO_WHOEVER_WRITES)
        ]
    assert found == [] and looked > 20


def test_she_herself_reads_you(make, client_of, app):
    citizen = make.citizen()
    words = client_of(citizen.user).get("/my/meetings").words
    assert "Here you see your meetings with us" in words
    with app.test_request_context("/"), i18n.speaking("en"):
        assert i18n.words_of_request().ugettext("Your meetings") == "Your meetings"


def test_pages_about_her_own_log_in_speak_to_the_helper(helper):
    assert "Your language" not in helper.get("/my/settings").words
    assert "you" in helper.get("/log-in/sessions").words.lower()


@pytest.mark.parametrize("code", ["da", "uk"])
def test_every_text_that_changes_is_one_of_ours(code):
    path = i18n.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    assert [text for text in TO_HERSELF_OF_HER if catalogue.get(text) is None] == []
    assert [text for text in TO_HERSELF_OF_HER.values() if not catalogue.get(text).string] == []


def test_what_is_filled_in_is_the_same_in_both():
    marks = re.compile(r"%\(\w+\)s")
    differing = [
        text
        for text, other in TO_HERSELF_OF_HER.items()
        if marks.findall(text) != marks.findall(other)
    ]
    assert differing == []
