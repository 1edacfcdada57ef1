"""PDF from typst: one compiler a thread, no way out of the folder, accessible or not at all."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest

from jobunivers.cv import export
from jobunivers.cv.types import CvContent
from jobunivers.shared.pdf import FONTS, _drawable, typst_pdf


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


def test_emoji_are_left_out_and_letters_that_no_font_has_become_question_marks(tmp_path):
    written = "Kok 😀👩🏽‍🍳 fra A\u030arhus, Київ → ሰላም\u202e"
    with pikepdf.open(BytesIO(export.pdf(CvContent(name="Ella", profile=written)))) as document:
        assert len(document.pages) == 1
    assert _drawable({"a": [written]}) == {"a": ["Kok  fra Århus, Київ → ???"]}


def test_fonts_are_small_and_carry_their_licence():
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 700_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
