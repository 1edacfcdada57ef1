"""Files of citizens are read line by line, with a complaint for each line that cannot be used."""

from datetime import date

import pytest

from jobunivers.caseload.intake_file import Known, read

KNOWN = Known(["insured"], ["Team One"], ["da", "uk"])
HEAD = "person_id,cpr,name,email,phone,target_group,spell_start,team,locale\n"


def line(**more):
    values = {
        "person_id": "p1",
        "cpr": "010190-1234",
        "name": "Maja Demo",
        "email": "",
        "phone": "",
        "target_group": "insured",
        "spell_start": "2026-11-02",
        "team": "",
        "locale": "",
        **more,
    }
    return ",".join(values.values()) + "\n"


def test_a_good_line_becomes_a_row():
    rows, complaints = read(HEAD + line(team="Team One", locale="uk"), KNOWN)
    assert complaints == []
    assert (rows[0].line, rows[0].started_on, rows[0].team, rows[0].locale) == (
        2,
        date(2026, 11, 2),
        "Team One",
        "uk",
    )


def test_numbers_and_addresses_are_kept_as_the_forms_keep_them():
    rows, complaints = read(HEAD + line(phone="+45 (0)20 00 00 09", email="Maja@Blåbær.dk"), KNOWN)
    assert complaints == []
    assert (rows[0].phone, rows[0].email) == ("+4520000009", "maja@blåbær.dk")


@pytest.mark.parametrize("email", ["søren@example.org", "a@b.dk;c@d.dk", "<a@b.dk>", "a@b.dk."])
def test_an_address_that_no_mail_reaches_is_not_taken_in(email):
    assert read(HEAD + line(email=email), KNOWN) == (
        [],
        ["line 2: email is not one address that mail can reach"],
    )


def test_danish_dates_semicolons_and_a_byte_order_mark_are_understood():
    text = "\ufeff" + (HEAD + line(spell_start="02-11-2026")).replace(",", ";")
    rows, complaints = read(text, KNOWN)
    assert (complaints, rows[0].started_on) == ([], date(2026, 11, 2))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"name": ""}, "line 2: name is empty"),
        ({"person_id": "", "cpr": ""}, "line 2: person_id or cpr is needed"),
        ({"cpr": "990190-1234"}, "line 2: cpr is not ten digits that begin with a date"),
        ({"target_group": "kings"}, "line 2: target_group is not one of insured"),
        ({"spell_start": "yesterday"}, "line 2: spell_start is not a date like 2026-11-21"),
        ({"team": "Team Nine"}, "line 2: team is not known"),
        ({"locale": "xx"}, "line 2: locale is not one of da, uk"),
        ({"email": "maja"}, "line 2: email is not one address that mail can reach"),
        ({"phone": "12"}, "line 2: phone is not a number"),
        ({"name": "x" * 121}, "line 2: name is too long"),
    ],
)
def test_a_wrong_line_is_named_with_its_fault(wrong, complaint):
    rows, complaints = read(HEAD + line(**wrong), KNOWN)
    assert (rows, complaints) == ([], [complaint])


def test_complaints_never_repeat_what_the_line_says():
    _rows, complaints = read(HEAD + line(cpr="9999999999", email="maja at home"), KNOWN)
    assert not any("9999999999" in text or "maja" in text for text in complaints)


def test_a_person_twice_in_the_file_is_refused_the_second_time():
    rows, complaints = read(HEAD + line() + line(name="Maja Again"), KNOWN)
    assert (len(rows), complaints) == (1, ["line 3: the same person stands in an earlier line"])


@pytest.mark.parametrize(
    "text", ["", "name,target_group\n", "name,target_group,spell_start\nA,insured,2026-11-02\n"]
)
def test_a_file_without_the_needed_columns_is_refused(text):
    rows, complaints = read(text, KNOWN)
    assert rows == []
    assert complaints[0].startswith("line 1:")


def test_empty_lines_are_passed_over():
    assert len(read(HEAD + ",,,,,,,,\n" + line(), KNOWN)[0]) == 1
