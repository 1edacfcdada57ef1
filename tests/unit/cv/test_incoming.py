"""Files with a CV from elsewhere: what is read, and that no file does harm."""

import json
import zlib
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobunivers.cv import europass_file as europass_out
from jobunivers.cv import export_file as export
from jobunivers.cv.incoming import chosen_file as files
from jobunivers.cv.incoming.parts_file import Unreadable
from jobunivers.cv.incoming.preview_rules import compare
from jobunivers.cv.types import CvContent, Entry, Section
from tests.support import europass

FULL = CvContent(
    "Maja Demo",
    "Kok",
    "m@example.org",
    "22 33 44 55",
    "Århus",
    "En linje.\nTo linjer.",
    "uk",
    {
        Section.EXPERIENCE: (
            Entry("Kok", "Kantine", "2019-03", "", ("Lavede mad til 80",)),
            Entry("", "Hotel", "2012", "2015"),
        ),
        Section.EDUCATION: (Entry("Svendebrev", "Tech", "", "2017", ("Svendeprøve",)),),
        Section.SKILLS: (Entry("Budget"),),
        Section.LANGUAGES: (Entry("Dansk – taler med kunder"), Entry("Ukrainsk")),
        Section.COURSES: (Entry("Hygiejnebevis, 2020"),),
        Section.VOLUNTARY: (Entry("Lektiehjælp"),),
        Section.OTHER: (Entry("Kørekort B"),),
    },
)


def said(cv):
    return {
        section.value: [entry.title for entry in cv.entries(section)]
        for section in Section
        if cv.entries(section)
    }


def test_our_own_data_file_comes_back_as_it_went_out():
    assert files.read(json.dumps(export.json_resume(FULL)).encode()) == FULL


def test_our_own_europass_file_comes_back_as_it_went_out():
    assert files.read(europass_out.xml(FULL, uuid4())) == FULL
    hostile = CvContent(
        "Ma\x00ja & <b>",
        profile="]]> \ud800 <script>",
        sections={Section.OTHER: (Entry('"&amp;" \x0b'),)},
    )
    back = files.read(europass_out.xml(hostile, uuid4()))
    assert (back.name, back.profile, back.entries(Section.OTHER)) == (
        "Maja & <b>",
        "]]> <script>",
        (Entry('"&amp;"'),),
    )


def test_what_is_carried_from_the_preview_is_read_the_same():
    assert files.read_json(files.as_json(FULL)) == FULL
    assert files.read_json(json.dumps({"cv": FULL.as_data(), "goals": []})) == FULL


def test_json_resume_of_others_finds_its_place():
    cv = files.read(
        json.dumps(
            {
                "basics": {
                    "name": "Jane Doe",
                    "label": "Programmer",
                    "location": {"city": "Odense"},
                    "url": "https://example.org",
                },
                "work": [
                    {
                        "name": "Company",
                        "position": "President",
                        "startDate": "2013-01-01",
                        "endDate": "2014-01-01",
                        "summary": "Led.",
                        "highlights": ["Started"],
                    }
                ],
                "education": [
                    {
                        "institution": "University",
                        "area": "Software",
                        "studyType": "Bachelor",
                        "startDate": "2011-06-01",
                    }
                ],
                "skills": [{"name": "Web", "level": "Master", "keywords": ["HTML", "CSS"]}],
                "languages": [{"language": "English", "fluency": "Native speaker"}],
                "certificates": [
                    {"name": "Certificate", "date": "2021-11-07", "issuer": "Company"}
                ],
                "volunteer": [
                    {"organization": "Club", "position": "Trainer", "startDate": "2012-01-01"}
                ],
                "awards": [{"title": "Award", "date": "2014-11-01", "awarder": "Company"}],
                "interests": [{"name": "Wildlife", "keywords": ["Ferrets"]}],
            }
        ).encode()
    )
    assert cv.entries(Section.EXPERIENCE) == (
        Entry("President", "Company", "2013-01", "2014-01", ("Led.", "Started")),
    )
    assert said(cv) == {
        "experience": ["President"],
        "education": ["Bachelor, Software"],
        "skills": ["Web, Master: HTML, CSS"],
        "languages": ["English – Native speaker"],
        "courses": ["Certificate, Company, 2021"],
        "voluntary": ["Trainer, Club, 2012"],
        "other": ["Award, Company, 2014", "Wildlife: Ferrets"],
    }


@pytest.mark.parametrize(
    "data",
    [europass.XML, europass.pdf(), europass.pdf(compress=False)],
    ids=["xml", "pdf", "pdf unpacked"],
)
def test_europass_is_read_as_xml_and_from_its_pdf(data):
    cv = files.read(data)
    assert (cv.name, cv.email, cv.phone, cv.place, cv.language) == (
        "Олена Ґудзь",
        "o@example.org",
        "+45 22334455",
        "Århus",
        "da",
    )
    assert cv.profile == "Jeg er bogholder.\nR&D <3"
    assert cv.entries(Section.EXPERIENCE) == (
        Entry("Bogholder", "Firma A, Kyiv", "2019-03", "", ("Førte regnskab", "Lavede moms")),
        Entry("Kasserer", "Firma B", "2012", "2018-11"),
    )
    assert cv.entries(Section.EDUCATION) == (Entry("Økonomi", "Universitet", "2005", "2005"),)
    assert {
        name: lines for name, lines in said(cv).items() if name not in ("experience", "education")
    } == {
        "skills": ["Excel"],
        "languages": ["Ukrainsk – modersmål", "Dansk – B1"],
        "voluntary": ["Lektiehjælp"],
        "other": ["Kørekort B", "Førstehjælp"],
    }


BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><Candidate '
    b'xmlns="http://www.europass.eu/1.0">&c;</Candidate>'
)
WITH_BOMB = (
    b"%PDF-1.7\n1 0 obj\nstream\n"
    + zlib.compress(europass.XML[:300] + b" " * 5_000_000)
    + b"\nendstream"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (files.LARGEST + 1), "large"),
        (b"", "kind"),
        (b"PK\x03\x04", "kind"),
        (b"[]", "kind"),
        (b"<html/>", "kind"),
        (b"{", "broken"),
        (b'{"a":' * 100_000, "broken"),
        (b"{}", "empty"),
        (b'{"basics": []}', "empty"),
        (b'{"cv": {"sections": {"experience": [{"title": {}}]}}}', "empty"),
        (b"<a>" * 100_000, "broken"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "broken"),
        (BOMB, "broken"),
        (BOMB.decode().encode("utf-16"), "broken"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "broken"),
        (b'<Candidate xmlns="urn:other"/>', "kind"),
        (b'<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"/>', "old_europass"),
        (b'<Candidate xmlns="http://www.europass.eu/1.0"/>', "empty"),
        (b"%PDF-1.7 nothing here", "pdf"),
        (b"%PDF" + b"stream\n" * 100_000, "pdf"),
        (europass.pdf(b"<a/>"), "pdf"),
        (WITH_BOMB, "large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    with pytest.raises(Unreadable) as refused:
        files.read(data)
    assert refused.value.code == code


def test_wrong_shapes_are_passed_over_and_the_rest_is_read():
    cv = files.read(
        b'{"basics": {"name": "Ma\\u0000ja\\ud800", "email": 7}, "work": [null, 3, '
        b'{"position": ["x"], "name": "Shop", "startDate": "soon"}], "skills": "many"}'
    )
    assert (cv.name, cv.email, cv.entries(Section.EXPERIENCE)) == (
        "Maja",
        "7",
        (Entry("", "Shop"),),
    )


def test_a_long_text_goes_on_in_the_next_line_and_is_not_lost():
    words = " ".join(f"ord{number}" for number in range(150))
    job = files.read(
        json.dumps({"work": [{"position": "Kok", "summary": words}]}).encode()
    ).entries(Section.EXPERIENCE)[0]
    assert " ".join(job.points) == words and max(map(len, job.points)) <= 300


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                (
                    "basics",
                    "work",
                    "name",
                    "position",
                    "highlights",
                    "meta",
                    "other",
                    "sections",
                    "cv",
                    "experience",
                    "points",
                    "startDate",
                    "location",
                )
            ),
            inner,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_json_breaks_the_reader(data):
    try:
        cv = files.read_json(json.dumps(data))
    except Unreadable:
        return
    assert files.read_json(files.as_json(cv)) == cv


def test_what_is_there_stays_unless_it_is_ticked():
    there = CvContent(
        "Maja",
        "",
        "",
        "",
        "",
        "Mit.",
        "da",
        {Section.SKILLS: (Entry("Budget"),), Section.EXPERIENCE: (Entry("kok", "Hotel", "2001"),)},
    )
    mine = {
        "name": "Maja",
        "title": "",
        "email": "",
        "phone": "",
        "place": "",
        "language": "da",
        "profile": "Mit.",
    }
    found = compare(mine, there, FULL)
    assert {row.key for row in found.fields if not row.ticked} == {"name", "language", "profile"}
    assert found.known == 1 and Section.SKILLS not in dict(found.sections)
    assert [(row.entry.title, row.ticked) for row in dict(found.sections)[Section.EXPERIENCE]] == [
        ("Kok", False),
        ("", True),
    ]
    assert set(found.proposed) < set(found.keys)
