"""The letter to take away: PDF and plain text."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jobunivers.applications.types import LetterContent, Sender
from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, sheet
from jobunivers.shared.data_types import DANISH, Text
from jobunivers.shared.docx import Style, docx_file
from jobunivers.shared.pdf import typst_pdf

TEMPLATE = Path(__file__).parent / "pdf" / "letter.typ"


FILE = CONTENT / "applications" / "labels.yaml"


@dataclass(frozen=True)
class Labels:
    """Words of the letter as a document in one language."""

    application: Text  # its name
    page: Text  # before its number


@lru_cache
def all_labels() -> dict[str, Labels]:
    """Words of the document by language. Raises ContentError."""
    return schema.read_keyed(Labels, sheet(FILE), schema.by_language)


def labels(code: str) -> Labels:
    """Words of the document in that language, Danish when there are none."""
    return all_labels().get(code) or all_labels()[DANISH]


def document_title(letter: LetterContent, sender: Sender) -> str:
    """'Job application – Cook, Canteen North', in the letter's language."""
    return " – ".join(text for text in (labels(sender.language).application, letter.about) if text)


def pdf_data(letter: LetterContent, sender: Sender) -> dict[str, Any]:
    """What the template prints."""
    return {
        "language": sender.language,
        "document": document_title(letter, sender),
        "about": letter.about,
        "name": sender.name,
        "contact": list(sender.contact),
        "paragraphs": letter.paragraphs,
    }


def pdf(letter: LetterContent, sender: Sender) -> bytes:
    """The letter as accessible PDF (PDF/UA-1)."""
    return typst_pdf(TEMPLATE, pdf_data(letter, sender))


def docx(letter: LetterContent, sender: Sender, *, made_at: datetime) -> bytes:
    """The letter as a Word file: who sends it, what for as the heading, then the text."""
    paragraphs = [
        (Style.SUBTITLE, sender.name),
        (Style.DETAILS, " · ".join(sender.contact)),
        (Style.HEADING, letter.about),
    ]
    paragraphs += [(Style.TEXT, part) for part in letter.paragraphs]
    some = [(style, text) for style, text in paragraphs if text]
    return docx_file(
        some,
        title=document_title(letter, sender),
        author=sender.name,
        language=sender.language,
        made_at=made_at,
    )


def plain_text(letter: LetterContent, sender: Sender) -> str:
    """The letter as text to paste into a form or an e-mail."""
    head = "\n".join(text for text in (sender.name, " · ".join(sender.contact)) if text)
    return "\n\n".join(text for text in (head, letter.about, *letter.paragraphs) if text) + "\n"
