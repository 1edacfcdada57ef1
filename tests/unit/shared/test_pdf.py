"""PDF from typst: one compiler a thread, no way out of the folder, accessible or not at all."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from jobunivers.config import ROOT
from jobunivers.cv import export_file as export
from jobunivers.cv.types import CvContent, Entry, Section
from jobunivers.shared.assets import font_coverage
from jobunivers.shared.pdf import COVERAGE, FONTS, _drawable, drawn, left_out, pages_of, typst_pdf


def test_many_threads_make_documents_at_once():
    with ThreadPoolExecutor(4) as threads:
        documents = list(
            threads.map(lambda number: export.pdf(CvContent(name=f"Person {number}")), range(24))
        )
    assert all(document.startswith(b"%PDF") for document in documents)
    assert len(set(documents)) == 24


def test_document_without_a_title_is_refused(tmp_path):
    template = tmp_path / "bare.typ"
    template.write_text("= Heading")
    with pytest.raises(RuntimeError):
        typst_pdf(template, {})


def test_template_cannot_read_outside_its_folder(tmp_path):
    template = tmp_path / "inner" / "curious.typ"
    template.parent.mkdir()
    template.write_text('#set document(title: "x")\n#read("/../secret.txt")')
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(RuntimeError):
        typst_pdf(template, {})


def test_emoji_are_left_out_and_letters_that_no_font_has_become_a_box():
    written = "Kok 😀 fra A\u030arhus, Київ → ሰላም 𐎀\ue000"
    with pikepdf.open(BytesIO(export.pdf(CvContent(name="Ella", profile=written)))) as document:
        assert len(document.pages) == 1
    assert _drawable({"a": [written]}) == {"a": ["Kok  fra Århus, Київ → ሰላም □"]}
    assert left_out(written) == "😀𐎀\ue000" and left_out("Ærø 12‑14") == ""


@pytest.mark.parametrize(
    ("sign", "shown"), [("\u2000", " "), ("\u3000", " "), ("\ufe58", "—"), ("𝐀", "A"), ("ﬁ", "ﬁ")]
)
def test_a_sign_without_a_drawing_is_shown_as_its_plain_form(sign, shown):
    assert drawn(sign) in (sign, shown)


def test_fonts_carry_their_licences_and_stay_below_sixteen_megabytes():
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 16_000_000
    for name in ("OFL.txt", "OFL-Noto.txt", "OFL-Nanum.txt"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / name).read_text()
    third = (ROOT / "THIRD-PARTY.md").read_text()
    families = {re.split(r"(?<=[a-z])(?=[A-Z])|-", file.stem)[0] for file in FONTS.glob("*.ttf")}
    assert families == {"IBMPlex", "Noto", "Droid", "Nanum"}
    assert all(name in third for name in ("IBM Plex Sans", "Noto Sans", "Droid", "NanumGothic"))


def test_the_list_of_letters_is_that_of_the_fonts():
    assert COVERAGE.read_text() == font_coverage(FONTS)


@pytest.mark.parametrize("jobs", [0, 1, 12, 60])
def test_pages_are_counted_as_a_reader_counts_them(jobs):
    entries = tuple(Entry(f"Job {n}", "Ålborg", points=("x" * 90,) * 5) for n in range(jobs))
    data = export.pdf(CvContent(name="Maja", sections={Section.EXPERIENCE: entries}))
    assert pages_of(data) == len(pypdfium2.PdfDocument(data))
    assert export.paper(CvContent(name="Maja 😀")).left_out == "😀"
