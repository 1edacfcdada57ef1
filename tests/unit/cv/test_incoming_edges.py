"""Files of others as they really are: dates nobody can read, HTML, old encodings, broken bytes."""

import json
import random
import sys
from pathlib import Path

import pytest

from jobunivers.cv import europass_file as europass_out
from jobunivers.cv import export_file as export
from jobunivers.cv import rules
from jobunivers.cv.catalogue import language_words
from jobunivers.cv.incoming import apart_file as apart
from jobunivers.cv.incoming import chosen_file as files
from jobunivers.cv.incoming.asked_rules import answered
from jobunivers.cv.incoming.parts_file import Unreadable
from jobunivers.cv.types import CvContent, Entry, Section
from tests.support import europass
from tests.unit.cv.test_incoming import FULL

XML = europass.XML.decode()
CASE = Path(__file__).parents[2] / "support" / "cv-dates-html.json"
JOBS = {
    "p1 null": ("2019-01", "", ()),
    "p2 Present": ("2019-01", "", ()),
    "p3 March 2011": ("2009-01", "2011-03", ()),
    "p4 Summer 2014": ("2013", "2013", (("ended", "Summer 2014"),)),
    "p5 06/2014": ("2013-02", "2014-06", ()),
    "p6 2014-13-01": ("2013-01", "2013-01", (("ended", "2014-13-01"),)),
    "p7 iso Z": ("2013-01", "2014-05", ()),
    "p8 d/m/Y": ("2013-02", "2014-05", ()),
    "p9 Q": ("2013-01", "2013-01", (("ended", "Q2 2014"),)),
    "p10 Sept": ("2013-09", "2014-09", ()),
    "p11 nuværende": ("2013", "", ()),
    "p12 year as number": ("2013", "2014", ()),
    "p13 early 2014": ("", "", (("started", "ca. 2013"), ("ended", "ca. 2014"))),
    "p14 dot": ("2013-01", "2014-05", ()),
    "p15 apostrophe": ("", "", (("started", "'13"), ("ended", "'14"))),
}


def of(data):
    return files.read_all(data if isinstance(data, bytes) else json.dumps(data).encode())


def test_a_date_that_is_not_understood_is_never_now():
    found = of(CASE.read_bytes())
    jobs = {e.title: e for e in found.cv.entries(Section.EXPERIENCE)}
    assert {t: (e.started, e.ended, e.unread) for t, e in jobs.items()} == JOBS
    (school,) = found.cv.entries(Section.EDUCATION)
    assert (school.started, school.ended, school.unread) == (
        "2010",
        "2010",
        (("ended", "expected 2013"),),
    )


def test_html_in_a_data_file_is_plain_text():
    cv = of(CASE.read_bytes()).cv
    assert cv.profile == "I am a carpenter & like wood.\nroofs\nwindows"
    assert cv.name == "Søren Ærø" and files.read_json(files.as_json(cv)) == cv


def test_what_was_asked_survives_the_way_to_the_merge_and_is_answered():
    cv = of(CASE.read_bytes()).cv
    carried = files.read_json(files.as_json(cv))
    assert [e.unread for e in carried.entries(Section.EXPERIENCE)] == [u[2] for u in JOBS.values()]
    said = {
        "ended-experience-3": "06-2014",
        "ended-experience-5": "nu",
        "started-experience-12": "2013",
        "ended-experience-12": "2014",
        "ended-experience-8": "sometime",
        "ended-education-0": "2009",
    }
    done, wrong = answered(carried, said)
    jobs = done.entries(Section.EXPERIENCE)
    assert [(jobs[n].started, jobs[n].ended) for n in (3, 5, 12, 8)] == [
        ("2013", "2014-06"),
        ("2013-01", ""),
        ("2013", "2014"),
        ("2013-01", "2013-01"),
    ]
    assert wrong == ["ended-experience-8", "ended-education-0"]


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("June 30, 2009", "2009-06"),
        ("30 June 2009", "2009-06"),
        ("05/31/2014", "2014-05"),
        ("31/05/2014", "2014-05"),
        ("2014-05-31T22:00:00+02:00", "2014-05"),
        ("2014‑05", "2014-05"),
        ("21.11.2026 00:00", None),
        ("Summer 2012", None),
        ("2014-13-01", None),
        ("99-2014", None),
        ("june july 2014", None),
    ],
)
def test_dates_of_other_habits(typed, month):
    if month is None:
        with pytest.raises(ValueError, match=r".+"):
            rules.parse_month(typed)
    else:
        assert rules.parse_month(typed) == month


def test_an_end_before_the_start_is_asked_about():
    work = [{"position": "Kok", "startDate": "2019", "endDate": "2012"}]
    (job,) = of({"work": work}).cv.entries(Section.EXPERIENCE)
    assert (job.started, job.ended, job.unread) == ("2019", "2019", (("ended", "2012"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_danish_letters_survive_every_encoding_that_programs_write(encoding):
    data = json.dumps({"basics": {"name": "Søren Ærø", "summary": "Blåbær"}}, ensure_ascii=False)
    cv = of(data.encode(encoding)).cv
    assert (cv.name, cv.profile) == ("Søren Ærø", "Blåbær")


def test_bytes_of_no_encoding_are_refused_and_never_guessed():
    with pytest.raises(Unreadable):
        of(b'{"basics": {"name": "S\x81ren \x8d"}}')


def test_no_text_is_cut_in_the_middle():
    long = "Ansvarlig for indkøb og menuer i en kantine med mange gæster hver dag. " * 9
    work = [{"position": long, "name": long, "startDate": "2019"}]
    cv = of({"work": work, "projects": [{"name": "Projekt", "description": long}]}).cv
    (job,) = cv.entries(Section.EXPERIENCE)
    whole = " ".join([job.title, job.place, *job.points]).replace(job.place, job.place)
    assert whole.count("hver dag.") == 18 and len(job.title) <= 300
    lines = [e.title for e in cv.entries(Section.OTHER)]
    assert " ".join(lines) == f"Projekt: {long.strip()}" and max(map(len, lines)) <= 300


def test_every_value_that_is_not_taken_in_is_listed():
    file = {
        "basics": {"name": "Maja", "url": "https://example.org/maja", "image": "x" * 500},
        "work": [{"position": "Kok", "startDate": "2019-03-01", "url": "https://k.example"}],
        "education": [{"area": "Mat", "score": 10.2}],
        "references": [{"name": "Chef", "reference": "God <b>kok</b>."}],
        "meta": {"theme": "x"},
    }
    assert list(of(file).left) == [
        "url: https://example.org/maja",
        "image",
        "url: https://k.example",
        "score: 10.2",
        "name: Chef",
        "reference: God kok.",
    ]
    assert of(json.dumps(export.json_resume(FULL)).encode()).left == ()
    assert any("BirthDate" in line for line in of(europass.pdf()).left)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jeg har været kok i ti år og er glad for det.", "da"),
        ("I have worked as a cook for ten years and this is what I like.", "en"),
        ("Я працювала бухгалтером, маю досвід роботи і знаю це.", "uk"),
        ("Kok", ""),
        ("", ""),
        ("Soy cocinero y trabajo en un hotel de Madrid.", ""),
    ],
)
def test_the_language_is_told_from_small_words_or_not_at_all(text, code):
    assert rules.language_of(text, language_words()) == code


def test_a_language_that_the_file_does_not_name_is_a_guess():
    found = of({"basics": {"summary": "Jeg har været kok i ti år og er glad for det."}})
    assert found.is_guessed and found.cv.language == "da"
    said = of({"basics": {"summary": "Jeg er kok og glad for det."}, "meta": {"language": "en"}})
    assert not said.is_guessed and said.cv.language == "en"


def test_europass_phone_and_language_addresses():
    xml = XML.replace(">Telephone<", ">MobileTelephone<")
    xml = xml.replace("<oa:DialNumber>22", "<AreaDialing>86</AreaDialing><oa:DialNumber>22")
    address = "http://publications.europa.eu/resource/authority/language/"
    xml = xml.replace(">dan</CompetencyID>", f">{address}DAN</CompetencyID>")
    cv = files.read(xml.encode())
    assert cv.phone == "+45 86 22334455"
    assert any(e.title.startswith("Dansk") for e in cv.entries(Section.LANGUAGES))


def test_a_character_reference_of_thousands_of_figures_is_no_error_of_ours():
    digits = "1" * 4400
    xml = XML.replace("Førte regnskab", f"Førte &amp;#{digits}; regnskab")
    assert "Førte" in str(files.read(xml.encode()))
    with pytest.raises(Unreadable):
        files.read(XML.replace("Førte", f"&#{digits};").encode())
    with pytest.raises(Unreadable):
        files.read(f'{{"basics": {{"name": {digits}}}}}'.encode())


def seeds():
    from uuid import UUID

    yield CASE.read_bytes()
    yield json.dumps(export.json_resume(FULL)).encode()
    yield files.as_json(FULL).encode()
    yield europass.XML
    yield europass.pdf()
    yield europass_out.xml(FULL, UUID(int=1))


def mutated(data, rng):
    data = bytearray(data)
    for _each in range(rng.randint(1, 8)):
        begin = rng.randrange(len(data) or 1)
        end = min(len(data), begin + rng.choice([1, 2, 8, 200]))
        what = rng.randrange(5)
        if what == 0:
            data[begin:end] = rng.randbytes(end - begin)
        elif what == 1:
            del data[begin:end]
        elif what == 2:
            data[begin:begin] = data[begin:end] * rng.choice([1, 2, 50])
        elif what == 3:
            data[begin:begin] = rng.choice(
                [
                    b"\x00",
                    b"&#9999999999;",
                    b"]]>",
                    b"<!DOCTYPE a>",
                    b"1e999",
                    b"\xff\xfe",
                    b'"',
                    b"<a>",
                ]
            )
        else:
            data = data[: begin + 1]
    return bytes(data)


@pytest.mark.parametrize("seed", range(40))
def test_no_broken_file_is_an_error_of_ours(seed):
    rng = random.Random(seed)
    for data in seeds():
        for _each in range(6):
            try:
                found = files.read_all(mutated(data, rng))
            except Unreadable:
                continue
            assert isinstance(found.cv, CvContent)
            assert files.read_json(files.as_json(found.cv)) == found.cv


def test_a_file_that_takes_too_long_or_too_much_is_refused_and_harms_nobody(tmp_path, monkeypatch):
    for body in ("while True: pass", "x = bytearray(2**31)", "import os; os.abort()"):
        module = tmp_path / "greedy.py"
        module.write_text(
            "from jobunivers.cv.incoming import apart\napart.SECONDS = 1\napart._limit()\n" + body
        )
        monkeypatch.setattr(apart, "COMMAND", (sys.executable, str(module)))
        with pytest.raises(Unreadable, match="broken"):
            apart.read_all(b"{}")


def test_a_good_file_comes_back_from_its_own_process():
    found = apart.read_all(CASE.read_bytes())
    assert found == of(CASE.read_bytes())
    assert found.cv.entries(Section.EXPERIENCE)[3].unread == (("ended", "Summer 2014"),)
    with pytest.raises(Unreadable, match="kind"):
        apart.read_all(b"\x89PNG")
    assert Entry(unread=(("ended", "x"),)) == Entry()
