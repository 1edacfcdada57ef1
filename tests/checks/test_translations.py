"""Interface texts: complete in every language, fresh, with the same placeholders."""

import re
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

from jobunivers.commands import i18n as command
from jobunivers.shared import i18n


def test_catalogues_are_complete():
    assert command.problems() == []


def test_template_catalogue_is_fresh():
    with tempfile.NamedTemporaryFile(suffix=".pot") as file:
        command.extract_to(file.name)
        assert Path(file.name).read_text() == command.POT.read_text(), (
            "run: python3 run.py i18n update"
        )


def test_ukrainian_counts_in_three_forms():
    header = (i18n.TRANSLATIONS / "uk" / "LC_MESSAGES" / "messages.po").read_text()[:2000]
    assert "nplurals=3" in header or "nplurals=4" in header


def test_no_ukrainian_text_is_the_english_one():
    """An English text in the place of a missing one would be seen by no other check."""
    with (i18n.TRANSLATIONS / "uk" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        same = {entry.id for entry in read_po(file) if entry.id and entry.string == entry.id}
    same = {text for text in same if re.search(r"[a-z]", re.sub(r"%\(\w+\)s", "", text))}
    assert same <= {"Digital Post", "E-mail"}  # names that Danish letters and forms use
