"""Months as people type them, order, lines that exercises share, and checks that explain
themselves.
"""

from datetime import date

import pytest

from jobunivers.cv import rules
from jobunivers.cv.types import CvContent, Entry, Paper, Section

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("", ""),
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("03-2019", "2019-03"),
        ("3/2019", "2019-03"),
        ("03.2019", "2019-03"),
        ("2019/3", "2019-03"),
        ("1.3.2019", "2019-03"),
        ("2019-03-01", "2019-03"),
        ("marts 2019", "2019-03"),
        ("1. marts 2019", "2019-03"),
        ("  Marts  2019 ", "2019-03"),
        ("mar. 2019", "2019-03"),
        ("October 2020", "2020-10"),
        ("okt 2020", "2020-10"),
        ("maj 2020", "2020-05"),
        ("березень 2019", "2019-03"),
        ("березня 2019", "2019-03"),
        ("nu", ""),
        ("Now", ""),
        ("дотепер", ""),
    ],
)
def test_month_is_understood_as_people_type_it(typed, month):
    assert rules.parse_month(typed) == month


@pytest.mark.parametrize(
    "typed",
    [
        "13-2019",
        "0-2019",
        "19",
        "1819",
        "9999",
        "sommer 2019",
        "ma 2019",
        "2019-2020",
        "01-02-03-2019",
        "<b>",
        "2019-03-01-04",
    ],
)
def test_month_that_cannot_be_understood_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        rules.parse_month(typed)


@pytest.mark.parametrize(
    ("ended", "started", "before"),
    [
        ("2018-12", "2019-01", True),
        ("2019", "2019-05", False),
        ("2019-04", "2019-05", True),
        ("", "2019", False),
        ("2018", "2019-01", True),
        ("2019", "", False),
    ],
)
def test_end_before_start(ended, started, before):
    assert rules.is_before(ended, started) is before


def test_newest_first_puts_what_goes_on_on_top_and_what_has_no_date_last():
    going, ended, early, bare = (
        Entry("a", started="2020-01"),
        Entry("b", started="2018", ended="2022-05"),
        Entry("c", ended="2012"),
        Entry("d"),
    )
    assert rules.newest_first([bare, early, ended, going]) == [going, ended, early, bare]


def test_lines_keep_their_entries_when_unchanged_and_each_entry_is_used_once():
    school, other = Entry("School", "Lviv", ended="2012"), Entry("Other")
    assert rules.merge_lines([school, other], ["New", "School", "School"]) == [
        "New",
        school,
        "School",
    ]


def content(**values):
    sections = values.pop("sections", {})
    return CvContent(
        **{
            "name": "Maja",
            "phone": "12345678",
            "email": "a@b.dk",
            "title": "Cook",
            "profile": "I cook.",
            **values,
        },
        sections=sections,
    )


def found(cv):
    paper = Paper(3 if len(cv.entries(Section.OTHER)) > 100 else 1)
    return {check.code: check for check in rules.check(cv, paper, TODAY)}


@pytest.mark.parametrize(
    ("cv", "code", "ok"),
    [
        (content(), "contact", True),
        (content(phone=""), "contact", False),
        (content(title=""), "title", False),
        (content(profile=""), "profile", False),
        (content(profile="x" * 95 * 7), "profile", True),
        (content(profile="x" * 95 * 7 + "y"), "profile", False),
        (
            content(
                sections={
                    Section.EXPERIENCE: (
                        Entry("a", started="2010", ended="2012"),
                        Entry("b", started="2013"),
                    )
                }
            ),
            "order",
            False,
        ),
        (
            content(
                sections={
                    Section.EXPERIENCE: (
                        Entry("b", started="2013"),
                        Entry("a", started="2010", ended="2012"),
                    )
                }
            ),
            "order",
            True,
        ),
        (content(sections={Section.EXPERIENCE: (Entry("b"),)}), "dates", False),
        (content(sections={Section.EXPERIENCE: (Entry("b", started="2013"),)}), "points", False),
        (
            content(sections={Section.EXPERIENCE: (Entry("b", started="2013", points=("did",)),)}),
            "points",
            True,
        ),
        (
            content(
                sections={
                    Section.EXPERIENCE: (Entry("b", started="2013", points=tuple("1234567")),)
                }
            ),
            "points",
            False,
        ),
        (content(), "languages", False),
        (
            content(sections={Section.OTHER: tuple(Entry(str(n)) for n in range(120))}),
            "length",
            False,
        ),
        (content(profile="My number is 010190-1234"), "private", False),
        (content(profile="Ring 12345678 or order 9912345678"), "private", True),
    ],
)
def test_each_check_of_the_cv_is_met_or_says_what_is_missing(cv, code, ok):
    assert found(cv)[code].ok is ok


@pytest.mark.parametrize(
    ("entries", "gap"),
    [
        ([("2019-01", "2019-12"), ("2020-08", "")], ("2020-01", "2020-07")),
        ([("2019-01", "2019-12"), ("2020-07", "")], None),
        ([("2019-01", "2019-12"), ("2019-06", "2026-11")], None),
        ([("2015", "2016"), ("2018", "2020-01")], ("2017-01", "2017-12")),
        ([("2010", "2026-11"), ("2012", "2013")], None),
        ([], None),
        ([("", "2012")], None),
    ],
)
def test_longest_stretch_without_a_word(entries, gap):
    dated = [Entry("x", started=started, ended=ended) for started, ended in entries]
    assert rules.longest_gap(dated, TODAY) == gap


def codes(cv, paper=None):
    found = rules.check(cv, paper or Paper(), TODAY)
    return [c.code for c in found if c.ok], [c.code for c in found if not c.ok]


def test_an_empty_cv_is_praised_for_nothing():
    assert codes(CvContent()) == ([], ["contact", "title", "profile", "languages"])


def test_what_cannot_be_wrong_yet_is_not_said_to_be_right():
    one = content(sections={Section.EXPERIENCE: (Entry("b", started="2013", points=("did",)),)})
    assert codes(one)[0] == ["private", "contact", "title", "profile", "dates", "points", "length"]


@pytest.mark.parametrize(("pages", "ok"), [(1, True), (2, True), (3, False)])
def test_the_length_is_that_of_the_paper(pages, ok):
    (length,) = [c for c in rules.check(content(), Paper(pages), TODAY) if c.code == "length"]
    assert (length.ok, length.found) == (ok, {"pages": pages})


def test_signs_that_no_font_has_are_named():
    assert codes(content(), Paper(1, "😀"))[1][-1] == "signs"
