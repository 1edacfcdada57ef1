"""What a person types is what leaves the house: in PDF, Word and plain text, in every script."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jobunivers.cv import export_file as export
from jobunivers.cv import word_file as word
from jobunivers.cv.types import CvContent, Entry, Section
from jobunivers.shared import clock
from jobunivers.shared.text import clean_line
from tests.support.pdf_text import text_of

# Names and words that people here have, one script or trap each.
TYPED = [
    "12‑14 borgere",
    "3\u202f000 kr.",
    "Ærø Łukasz Đorđe Işık Guðmundsson",
    "Лук’яненко Лукʼяненко Лук'яненко",
    "محمد علي",
    "משה כהן",
    "გიორგი მაისურაძე",
    "李小龙",
    "अनीता शर्मा",
    "ሰላም ተስፋይ",
    "Nguyễn Thị Hường",
    "Աննա Գրիգորյան",
    "தமிழ் குமார்",
    "สมชาย",
    "김민준",
    "さくら カナ",
    "ສົມສັກ",
    "Αλέξανδρος",
    "Leder – butik – fra Ålborg",
    "50 % af tiden · 1½ år · H₂O · €",
    '=HYPERLINK("x")',
    "Maja محمد Demo",
]
SCRIPTS = [
    "abcxyzæøåÆØÅéüñ",
    "абвгґєїійщьюяЄЇҐ",
    # Without alef: the reader in the tests turns the one glyph of lam and alef round.
    "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "აბგდევზთიკლმნოპ",
    "李小龙王明华刘",
    "ĄĆĘŁŃÓŚŹŻąćęłńóśźżđğışțș",
]
RIGHT_TO_LEFT = SCRIPTS[
    2:4
]  # a line that mixes directions is put in order by each reader's program


def lines_in(scripts):
    words = st.one_of(*(st.text(letters, min_size=1, max_size=9) for letters in scripts))
    return st.lists(words, min_size=1, max_size=4).map(" ".join)


lines = st.one_of(
    lines_in([script for script in SCRIPTS if script not in RIGHT_TO_LEFT]),
    *(lines_in([script]) for script in RIGHT_TO_LEFT),
)


def cv_of(text):
    return CvContent(
        name=text,
        title=text,
        place=text,
        profile=text,
        sections={
            Section.EXPERIENCE: (Entry(text, text, "2019-03", "", (text,)),),
            Section.SKILLS: (Entry(text),),
        },
    )


def same(text):
    """Without marks of direction, in composed form, any run of white space one space."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def texts_of_word(data):
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(p.itertext()) for p in tree.iter(f"{space}p")]


def leaves_whole(text):
    cv = cv_of(text)
    wanted = same(text)
    word_file = "\n".join(texts_of_word(word.docx(cv, made_at=clock.now())))
    for found in (text_of(export.pdf(cv)), word_file, export.plain_text(cv)):
        assert same(found).count(wanted) >= 6, (wanted, same(found))
    assert export.json_resume(cv)["basics"]["name"] == text


@pytest.mark.parametrize("text", TYPED)
def test_a_cv_says_what_was_typed(text):
    leaves_whole(text)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_a_cv_says_what_was_typed_in_any_script(text):
    leaves_whole(clean_line(text))


def test_arabic_in_word_runs_from_right_to_left():
    data = word.docx(cv_of("Maja محمد Demo"), made_at=clock.now())
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "<w:rtl/>" in document and "<w:bidi/>" not in document
    arabic = word.docx(cv_of("محمد علي"), made_at=clock.now())
    assert "<w:bidi/>" in zipfile.ZipFile(io.BytesIO(arabic)).read("word/document.xml").decode()
