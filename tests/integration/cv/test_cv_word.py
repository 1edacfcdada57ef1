"""The CV as a Word file: real styles, its language, nothing lost of the text, nothing of the
machine inside.
"""

import io
import subprocess
import sys
import zipfile

import pytest
from docx.oxml.ns import qn

from jobunivers.cv import export_file as export
from jobunivers.cv import word_file as word
from jobunivers.cv.types import CvContent
from jobunivers.shared import clock
from tests.integration.cv.test_cv_files import sample
from tests.support.word_files import opened, paragraphs


def made(cv):
    return word.docx(cv, made_at=clock.now())


def test_headings_lists_and_text_are_real_styles_in_reading_order():
    found = paragraphs(made(sample()))
    assert found[:3] == [
        ("Title", "Олена Ґудзь"),
        ("Subtitle", "Sælger"),
        ("Details", "22 33 44 55 · o@example.org · Århus"),
    ]
    assert [text for style, text in found if style == "Heading 1"] == [
        "Profil",
        "Erhvervserfaring",
        "Uddannelse",
        "Sprog",
        "Andet",
    ]
    job = found.index(("Heading 2", "Butiksassistent på Ærø"))
    assert found[job + 1 : job + 3] == [
        ("Details", "Ålborg · mar. 2019 – nu"),
        ("List Bullet", "Lærte fire kolleger op"),
    ]
    assert ("List Bullet", "Dansk – taler med kunder") in found
    assert not opened(made(sample())).tables


def test_it_says_the_same_as_the_plain_text():
    text = export.plain_text(sample())
    for style, words in paragraphs(made(sample())):
        pieces = (
            words.split(" · ")
            if style == "Details"
            else [words.upper() if style == "Heading 1" else words]
        )
        assert [piece for piece in pieces if piece not in text] == []


@pytest.mark.parametrize(
    ("language", "locale"), [("da", "da-DK"), ("en", "en-GB"), ("uk", "uk-UA")]
)
def test_it_names_its_language_title_and_author(language, locale):
    document = opened(made(sample(language)))
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {
        locale
    }
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.language, core.comments) == (
        "Олена Ґудзь",
        "Олена Ґудзь",
        locale,
        "",
    )
    assert core.title.endswith("– Олена Ґудзь") and core.created.year == clock.now().year


def test_signs_that_no_file_can_hold_are_left_out_and_emoji_stay():
    cv = CvContent(
        name="Ma\x00ja\x0b\ud800\ufffe 🙂" + "x" * 400,
        profile="En\x1b linje\nTo 👩‍🍳",
        title="<b>&amp; ]]>",
    )
    found = paragraphs(made(cv))
    assert found[0][1].startswith("Maja 🙂x") and ("Subtitle", "<b>&amp; ]]>") in found
    assert [text for style, text in found if style == "Normal"] == ["En linje", "To 👩‍🍳"]


def test_an_empty_cv_is_still_a_document_without_a_picture_of_another():
    data = made(CvContent())
    assert paragraphs(data) == [("Title", "CV")]
    assert not [
        name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "thumbnail" in name
    ]


def test_nothing_for_word_files_is_loaded_before_the_first_is_made():
    code = (
        "import sys, jobunivers.app, jobunivers.cv.file_views; sys.exit(bool({'docx', "
        "'lxml', 'typst'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_is_downloaded_under_a_neutral_name(make, client_of):
    citizen = make.citizen(name="Maja")
    cv_id = make.cv_head(citizen.owner_id, name="Maja Demo")
    answer = client_of(citizen.user).get(f"/my/cv/{cv_id}.docx")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="cv.docx"'
        and "no-store" in answer.headers["Cache-Control"]
    )
    assert paragraphs(answer.response.data)[0] == ("Title", "Maja Demo")
