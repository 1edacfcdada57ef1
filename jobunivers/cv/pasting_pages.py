"""The CV in the pieces that job sites ask for, to copy one at a time."""

from dataclasses import dataclass

from flask_babel import gettext as _

from jobunivers.cv.export_file import period
from jobunivers.cv.section_words import SectionWords, all_section_words
from jobunivers.cv.types import DATED, CvContent, Entry


@dataclass(frozen=True)
class Piece:
    """One field of a site: what it is, in the reader's language, and the text that goes into it."""

    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """Pieces that belong together, for example one job."""

    title: str
    pieces: tuple[Piece, ...]


def fields_to_paste(cv: CvContent) -> list[Part]:
    """Parts in the order of a CV; pieces and parts without text are left out. Dates are in the CV's
    language.
    """
    head = _part(
        _("Name and contact"),
        (_("Name"), cv.name),
        (_("Phone"), cv.phone),
        (_("E-mail"), cv.email),
        (_("Town"), cv.place),
    )
    parts = [
        head,
        _part(_("Profile"), (_("Job title"), cv.title), (_("Your profile text"), cv.profile)),
    ]
    for words in all_section_words():
        entries = cv.entries(words.section)
        if words.section in DATED:
            parts += [_dated(words, entry, cv.language) for entry in entries]
        else:
            parts.append(
                _part(words.name, (words.name, "\n".join(entry.title for entry in entries)))
            )
    return [part for part in parts if part.pieces]


def _dated(words: SectionWords, entry: Entry, code: str) -> Part:
    title = f"{words.name}: {entry.title}" if entry.title else words.name
    done = (_("What you did"), "\n".join(f"- {point}" for point in entry.points))
    return _part(
        title,
        (words.title, entry.title),
        (words.place, entry.place),
        (_("From and to"), period(entry, code)),
        done,
    )


def _part(title: str, *pieces: tuple[str, str]) -> Part:
    return Part(title, tuple(Piece(label, text) for label, text in pieces if text))
