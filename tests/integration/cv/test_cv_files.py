"""The CV as files: PDF that machines and screen readers understand, JSON Resume, plain text."""

import io
import json

import pikepdf
import pytest

from jobunivers.cv import export_file as export
from jobunivers.cv.types import CvContent, Entry, Section
from tests.support.pdf_text import text_of

HOSTILE = '#panic("p") $a$ *x* `raw` @ref <label> \\ // #read("/etc/passwd")'


def sample(language="da", **more):
    sections = {
        Section.EXPERIENCE: (
            Entry(
                "Butiksassistent på Ærø",
                "Ålborg",
                "2019-03",
                "",
                ("Lærte fire kolleger op", HOSTILE),
            ),
            Entry("Касирка", "Київ", "2012", "2018-11"),
        ),
        Section.EDUCATION: (Entry("Ґімназія її єднання", "Львів", "", "2010"),),
        Section.LANGUAGES: (Entry("Dansk – taler med kunder"), Entry("Ukrainsk")),
        Section.OTHER: (Entry("Kørekort B"),),
    }
    values = {
        "name": "Олена Ґудзь",
        "title": "Sælger",
        "email": "o@example.org",
        "phone": "22 33 44 55",
        "place": "Århus",
        "profile": "Første linje.\n" + HOSTILE,
    }
    return CvContent(**{**values, **more}, language=language, sections=sections)


def test_text_comes_out_of_the_pdf_in_reading_order():
    text = text_of(export.pdf(sample()))
    wanted = [
        "Олена Ґудзь",
        "Sælger",
        "22 33 44 55",
        "Profil",
        "Første linje.",
        "Erhvervserfaring",
        "mar. 2019 – nu",
        "Butiksassistent på Ærø",
        "Ålborg",
        "Lærte fire",
    ]
    wanted += [
        "2012 – nov. 2018",
        "Касирка",
        "Uddannelse",
        "Ґімназія її єднання",
        "Sprog",
        "Dansk – taler med kunder",
        "Andet",
        "Kørekort B",
    ]
    places = [text.find(word) for word in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    assert places == sorted(places)


def test_hostile_text_is_printed_as_it_was_typed():
    text = " ".join(text_of(export.pdf(sample())).split())
    assert text.count(HOSTILE) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "Erhvervserfaring"), ("en", "Experience"), ("uk", "Досвід роботи")],
)
def test_pdf_is_tagged_titled_and_in_its_language(language, words):
    data = export.pdf(sample(language))
    assert words in text_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        assert str(root.Lang) == language
        assert bool(root.MarkInfo.Marked)
        assert root.StructTreeRoot.K is not None
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Олена Ґудзь" in metadata["dc:title"]
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        for font in fonts:
            assert "IBMPlexSans" in str(font.BaseFont)
            assert (
                "/FontFile2" in font.DescendantFonts[0].FontDescriptor
                or "/FontFile3" in font.DescendantFonts[0].FontDescriptor
            )


def test_an_empty_cv_and_a_very_long_one_are_still_documents():
    assert export.pdf(CvContent()).startswith(b"%PDF")
    long = CvContent(
        name="x" * 120,
        profile="ordet " * 800,
        sections={
            Section.EXPERIENCE: tuple(
                Entry(f"Job {n}", "y" * 300, points=("z" * 300,) * 9) for n in range(30)
            )
        },
    )
    with pikepdf.open(io.BytesIO(export.pdf(long))) as pdf:
        assert len(pdf.pages) > 3


@pytest.mark.parametrize(
    ("entry", "code", "shown"),
    [
        (Entry(started="2019-03", ended="2020-10"), "da", "mar. 2019 – okt. 2020"),
        (Entry(started="2019-03"), "uk", "бер. 2019 – дотепер"),
        (Entry(started="2019-03", ended="2019-03"), "en", "Mar 2019"),
        (Entry(ended="2012"), "da", "2012"),
        (Entry(), "da", ""),
    ],
)
def test_periods_are_written_in_the_cvs_language(entry, code, shown):
    assert export.period(entry, code) == shown


def test_json_resume_holds_the_fields_that_others_read():
    data = export.json_resume(sample())
    assert data["basics"]["name"] == "Олена Ґудзь"
    assert data["work"][0] == {
        "position": "Butiksassistent på Ærø",
        "name": "Ålborg",
        "startDate": "2019-03",
        "highlights": ["Lærte fire kolleger op", HOSTILE],
    }
    assert data["languages"] == [
        {"language": "Dansk", "fluency": "taler med kunder"},
        {"language": "Ukrainsk"},
    ]
    assert data["meta"] == {"language": "da", "other": ["Kørekort B"]}
    json.dumps(data)


def test_plain_text_can_be_pasted():
    text = export.plain_text(sample())
    assert text.startswith(
        "Олена Ґудзь\nSælger\n22 33 44 55 · o@example.org · Århus\n\nPROFIL\nFørste linje."
    )
    assert "Butiksassistent på Ærø, Ålborg · mar. 2019 – nu\n- Lærte fire kolleger op" in text
    assert "SPROG\n- Dansk – taler med kunder\n- Ukrainsk\n" in text


def test_files_have_neutral_names_and_are_kept_by_nobody(make, client_of):
    citizen = make.citizen(name="Maja")
    cv_id = make.cv_head(citizen.owner_id, name="Maja Demo")
    browser = client_of(citizen.user)
    for kind, mime in (
        ("pdf", "application/pdf"),
        ("txt", "text/plain"),
        ("json", "application/json"),
        ("xml", "application/xml"),
    ):
        answer = browser.get(f"/my/cv/{cv_id}.{kind}")
        assert answer.response.mimetype == mime
        assert answer.headers["Content-Disposition"] == f'attachment; filename="cv.{kind}"'
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.response.data
