"""Tables of citizens are read line by line; what cannot be used says why, and nothing is guessed."""

from datetime import date
from pathlib import Path

import pytest

from jobunivers.caseload.intake_file import Known, read
from jobunivers.shared.tables import read_table

CASES = Path(__file__).parents[2] / "support" / "intake"
KNOWN = Known(["insured"], ["Team One"], ["da", "uk"], date(2021, 11, 20), date(2027, 1, 1))
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


def of(text):
    return read(read_table(text.encode()), KNOWN)


def faults(text):
    return [(one.line, f.column, f.code) for one in of(text).faulty for f in one.faults]


def test_a_good_line_becomes_a_row():
    found = of(HEAD + line(team="Team One", locale="uk"))
    (row,) = found.rows
    assert (row.line, row.started_on, row.team, row.locale) == (
        2,
        date(2026, 11, 2),
        "Team One",
        "uk",
    )


def test_numbers_and_addresses_are_kept_as_the_forms_keep_them():
    (row,) = of(HEAD + line(phone="+45 (0)20 00 00 09", email="Maja@Blåbær.dk")).rows
    assert (row.phone, row.email) == ("+4520000009", "maja@blåbær.dk")


@pytest.mark.parametrize("email", ["søren@example.org", "a@b.dk;c@d.dk", "<a@b.dk>", "a@b.dk."])
def test_an_address_that_no_mail_reaches_is_not_taken_in(email):
    assert faults(HEAD + line(email=email)) == [(2, "email", "no_address")]


@pytest.mark.parametrize(
    ("wrong", "column", "code"),
    [
        ({"name": ""}, "name", "empty"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"person_id": "", "cpr": ""}, "cpr", "empty"),
        ({"cpr": "123"}, "cpr", "no_cpr"),
        ({"cpr": "990190-1234"}, "cpr", "no_cpr"),
        ({"target_group": "kings"}, "target_group", "no_group"),
        ({"team": "Nobody"}, "team", "no_team"),
        ({"locale": "xx"}, "locale", "no_language"),
        ({"spell_start": "yesterday"}, "spell_start", "no_day"),
        ({"spell_start": "31-02-2026"}, "spell_start", "no_day"),
        ({"spell_start": "2021-11-19"}, "spell_start", "day_out_of_reach"),
        ({"spell_start": "2027-01-02"}, "spell_start", "day_out_of_reach"),
        ({"phone": "12"}, "phone", "no_number"),
        ({"person_id": "0101901001"}, "person_id", "looks_like_cpr"),
        ({"name": "Maja 010190-1001"}, "name", "looks_like_cpr"),
        ({"email": "010190-1001"}, "email", "looks_like_cpr"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(wrong, column, code):
    assert (2, column, code) in faults(HEAD + line(**wrong))
    assert of(HEAD + line(**wrong)).rows == []


@pytest.mark.parametrize("day", ["2021-11-20", "2027-01-01"])
def test_the_edges_of_the_days_are_inside(day):
    assert faults(HEAD + line(spell_start=day)) == []


def test_a_number_in_a_wrong_column_is_not_shown_again():
    (one,) = of(HEAD + line(name="Maja 010190-1001")).lines
    assert "010190" not in str(one.cells["name"])
    unread = HEAD.replace("team", "note") + line(team="cpr 010190-1001")
    assert (2, "note", "looks_like_cpr") in faults(unread)


def test_the_same_person_twice_is_said():
    again = line(person_id="p2", cpr="", phone="20304050")
    assert faults(HEAD + line() + line()) == [(3, "cpr", "twice")]
    assert faults(HEAD + line(phone="+45 20 30 40 50") + again) == [
        (3, "name", "same_name_and_phone")
    ]


def test_a_file_without_a_column_says_which():
    assert of("name,cpr\nMaja,0101901234\n").missing == ("target_group", "spell_start")
    assert of("name,target_group,spell_start\nMaja,insured,2026-11-02\n").missing == ("cpr",)


def test_danish_headings_are_understood_and_others_are_named():
    text = (
        "CPR-nr.;Navn;Målgruppe;Ledig fra;Tlf.;Bemærkning\n010190-1234;Maja;insured;2-11-2026;;x\n"
    )
    found = of(text)
    assert [row.name for row in found.rows] == ["Maja"] and found.unknown == ("bemærkning",)


@pytest.mark.parametrize(
    ("case", "kind", "names"),
    [
        ("c-cp1252-excel-da.csv", "Windows-1252", ["Søren Ærø Åberg"]),
        ("e-tab.csv", "UTF-8", ["Søren Ærø Åberg", "Ольга Ковальчук"]),
        ("f-dates-dots.csv", "UTF-8", ["Søren Ærø Åberg", "Ольга Ковальчук"]),
        ("h-excel-lost-zero.csv", "UTF-8", ["Søren Ærø Åberg", "Ольга Ковальчук"]),
        ("k-quoted-newline.csv", "UTF-8", ["Søren Ærø"]),
    ],
)
def test_files_as_danish_excel_writes_them_are_read(case, kind, names):
    found = read(read_table((CASES / case).read_bytes()), KNOWN)
    assert (found.kind, [row.name for row in found.rows]) == (kind, names)
    assert all(row.started_on == date(2026, 11, 21) for row in found.rows)


def test_a_lost_zero_comes_back_and_is_said():
    found = read(read_table((CASES / "h-excel-lost-zero.csv").read_bytes()), KNOWN)
    assert found.rows[0].cpr == "0101900004"
    assert [(n.column, n.code) for n in found.lines[0].notes] == [("cpr", "zero_restored")]


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ("aa-cpr-digits-person.csv", ("person_id", "looks_like_cpr")),
        ("q-future-start.csv", ("spell_start", "day_out_of_reach")),
        ("z-email-unicode.csv", ("email", "no_address")),
    ],
)
def test_files_that_would_do_harm_are_refused_at_their_line(case, fault):
    found = read(read_table((CASES / case).read_bytes()), KNOWN)
    assert fault in [(f.column, f.code) for f in found.lines[0].faults]


def test_no_control_sign_comes_in():
    found = read(read_table((CASES / "n-nul.csv").read_bytes()), KNOWN)
    assert all(row.name.isprintable() for row in found.rows)
