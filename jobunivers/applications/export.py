"""The letter to take away: PDF and plain text."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jobunivers.applications.types import LetterContent, Sender
from jobunivers.shared.content import CONTENT, localized, read_yaml
from jobunivers.shared.pdf import typst_pdf

TEMPLATE = Path(__file__).parent / "pdf" / "letter.typ"


@lru_cache
def labels(code: str) -> dict[str, str]:
    """Words of the document in that language, Danish when there are none."""
    words: dict[str, str] = localized(read_yaml(CONTENT / "applications" / "labels.yaml"), code)
    return words


def pdf_data(letter: LetterContent, sender: Sender) -> dict[str, Any]:
    """What the template prints."""
    words = labels(sender.language)
    return {
        "language": sender.language,
        "document": " – ".join(text for text in (words["application"], letter.about) if text),
        "about": letter.about,
        "name": sender.name,
        "contact": list(sender.contact),
        "paragraphs": letter.paragraphs,
    }


def pdf(letter: LetterContent, sender: Sender) -> bytes:
    """The letter as accessible PDF (PDF/UA-1)."""
    return typst_pdf(TEMPLATE, pdf_data(letter, sender))


def plain_text(letter: LetterContent, sender: Sender) -> str:
    """The letter as text to paste into a form or an e-mail."""
    head = "\n".join(text for text in (sender.name, " · ".join(sender.contact)) if text)
    return "\n\n".join(text for text in (head, letter.about, *letter.paragraphs) if text) + "\n"
