"""DOCX through python-docx: real styles and headings, the document's language, no tables for
layout. Call it outside `write()`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import Any

OTHER_COUNTRY = {"en": "GB"}  # not where most people speak it
FONT = "Calibri"  # on every Word; LibreOffice has a metric twin
BRAND, SOFT = "0B5C4A", "4C5651"
NOT_XML = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
MARGIN_CM = 2.2


class Style(StrEnum):
    """What a paragraph is; the names are those of Word."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    HEADING = "Heading 1"
    ENTRY = "Heading 2"
    TEXT = "Normal"
    DETAILS = "Details"
    POINT = "List Bullet"


LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"size": 25, "bold": True, "color": BRAND, "before": 0, "after": 2},
    Style.SUBTITLE: {"size": 13, "before": 0, "after": 4},
    Style.HEADING: {
        "size": 13,
        "bold": True,
        "color": BRAND,
        "before": 16,
        "after": 4,
        "with_next": True,
    },
    Style.ENTRY: {"size": 11, "bold": True, "before": 8, "after": 0, "with_next": True},
    Style.TEXT: {"size": 11, "before": 0, "after": 6},
    Style.DETAILS: {"size": 10.5, "color": SOFT, "before": 0, "after": 3},
    Style.POINT: {"size": 11, "before": 0, "after": 2},
}


def docx_file(
    paragraphs: Iterable[tuple[Style, str]],
    *,
    title: str,
    author: str,
    language: str,
    made_at: datetime,
) -> bytes:
    """A Word file (A4) of these paragraphs, some 10 ms. Line breaks in a text stay; signs that XML
    cannot hold are left out, emoji stay.
    """
    import docx  # 12 MB with lxml: only in processes that make a DOCX

    document = docx.Document(BytesIO(_template()))
    _set_properties(document, title, author, _with_country(language), made_at)
    for style, text in paragraphs:
        _write(document.add_paragraph(style=style.value), printable(text))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _with_country(code: str) -> str:
    """'uk-UA' for 'uk': Word proofs a text in the language of a country."""
    from babel.core import get_global

    likely = get_global("likely_subtags").get(code, code).split("_")
    country = OTHER_COUNTRY.get(code) or (likely[-1] if len(likely) > 1 else "")
    return f"{code}-{country}" if country else code


@lru_cache
def _template() -> bytes:
    """An empty document with our looks, made once: python-docx's own has four hundred kilobytes of
    table styles that each file would parse.
    """
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    _set_page(document)
    _set_looks(document)
    for style in [
        style
        for style in document.styles
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table"
    ]:
        style.delete()
    for links in (document.part.package.rels, document.part.rels):
        for key in [
            key
            for key, link in links.items()
            if link.reltype.endswith(("/thumbnail", "/stylesWithEffects"))
        ]:
            del links[key]
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def printable(text: str) -> str:
    """The text without signs that no XML can hold."""
    return NOT_XML.sub("", text)


def _write(paragraph: Any, text: str) -> None:
    """The text in runs of one direction each, as Word wants it for Arabic and Hebrew; the paragraph
    goes the way its first letter does.
    """
    from docx.oxml import OxmlElement

    for number, (is_rtl, piece) in enumerate(_by_direction(text)):
        run = paragraph.add_run(piece)
        if is_rtl:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
            if number == 0:
                paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _by_direction(text: str) -> Iterator[tuple[bool, str]]:
    """Pieces of a text with whether they run from right to left; spaces and marks go with what
    stands before them.
    """
    is_rtl, begin = False, 0
    for place, sign in enumerate(text):
        way = unicodedata.bidirectional(sign)
        turns = way in ("R", "AL") if not is_rtl else way == "L"
        if turns and place > begin:
            yield is_rtl, text[begin:place]
            begin = place
        is_rtl = is_rtl ^ turns
    yield is_rtl, text[begin:]


def _set_page(document: Any) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(
        MARGIN_CM
    )


def _set_looks(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    document.styles.add_style(
        Style.DETAILS.value, WD_STYLE_TYPE.PARAGRAPH
    ).base_style = document.styles[Style.TEXT.value]
    for name, look in LOOKS.items():
        _set_look(document.styles[name.value], look)


def _set_look(style: Any, look: dict[str, Any]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)  # the template's blue, its theme fonts and spacing
    for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        border.getparent().remove(border)
    style.font.name = FONT
    properties.rFonts.set(qn("w:cs"), FONT)
    style.font.size, style.font.bold = Pt(look["size"]), look.get("bold", False)
    style.font.italic, style.font.cs_bold = False, look.get("bold", False)
    size = OxmlElement("w:szCs")  # the size of Arabic, Hebrew, Thai and their like
    size.set(qn("w:val"), str(int(look["size"] * 2)))
    properties.append(size)
    style.font.color.rgb = RGBColor.from_string(look.get("color", "1A1F1D"))
    lines = style.paragraph_format
    lines.space_before, lines.space_after, lines.keep_with_next = (
        Pt(look["before"]),
        Pt(look["after"]),
        look.get("with_next", False),
    )
    lines.line_spacing = 1.1


def _set_properties(
    document: Any, title: str, author: str, language: str, made_at: datetime
) -> None:
    """Title, author and language for the reader and for screen readers; nothing of the template or
    of this machine stays.
    """
    from docx.oxml.ns import qn

    core, moment = document.core_properties, made_at.replace(tzinfo=None, microsecond=0)
    core.title, core.author, core.last_modified_by, core.language = (
        _short(title),
        _short(author),
        _short(author),
        language,
    )
    core.comments, core.created, core.modified = "", moment, moment
    for words in document.styles.element.iter(qn("w:lang")):
        words.set(qn("w:val"), language)
    for words in document.settings.element.iter(qn("w:themeFontLang")):
        words.set(qn("w:val"), language)


def _short(text: str) -> str:
    """A property of the file: one line, at most 255 signs."""
    return " ".join(printable(text).split())[:255]
