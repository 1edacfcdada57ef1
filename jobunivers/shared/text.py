"""Text as it comes in from keyboards, Word, Excel and phones, made plain without losing a word.

What a person types leaves again in papers, mails and calendars. Invisible signs make two equal
names differ and figures unreadable for machines, so they go at the door; what can be seen stays.
"""

import codecs
import re
import unicodedata

SHORT, LINE, LONG = 120, 300, 5000  # characters: a name, a line, a text
MOST_LINES = 30
# Vertical tab (Word's soft break), form feed, "next line", line and paragraph separator.
BREAKS = re.compile("[ \t]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])")
# Overrides turn the order of what stands around them; nobody types them.
OVERRIDES = "\u202d\u202e"
INVISIBLE = "\u200b\u2060\ufeff\u00ad\u180e"
DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
# Bullets and ticks of Word's symbol fonts, which have no meaning in any other font.
SYMBOL_FONT = {"\uf0b7": "•", "\uf0a7": "•", "\uf06f": "•", "\uf0d8": "•", "\uf0fc": "✓"}
DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")

# As typed, and as Word's lists look when they are pasted ("o" and a tab is its second level).
LIST_MARK = re.compile(r"^\s*(?:[-–—•*·●○◦‣▪■➢➤✓✔]\s+|o\t\s*|\d{1,2}[.)]\s+)")

# Letters with a bar or a form of their own, which no decomposition takes apart, and every sign that
# is typed for an apostrophe: for searching only.
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t"}
    | dict.fromkeys("'’‘ʼʹʻ`´′", "")
)

_ANY = str.maketrans({**SYMBOL_FONT, **dict.fromkeys(OVERRIDES + INVISIBLE, "")})
_LINE = str.maketrans(dict.fromkeys(DIRECTION, ""))
_FIGURES = str.maketrans(DASHES)


def clean_text(text: str) -> str:
    """Several lines: line ends unified, no control signs, no lone surrogates, composed (NFC)."""
    text = BREAKS.sub("\n", text).translate(_ANY)
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def clean_line(text: str) -> str:
    """One line: as `clean_text`, without marks of direction; breaks and tabs become spaces.

    The joiners of Persian and Indian scripts stay: they change how a name looks.
    """
    return " ".join(clean_text(text).translate(_LINE).replace("\t", "\n").splitlines()).strip()


def clean_figures(text: str) -> str:
    """A phone number, CPR number or date: figures of any script as 0-9, every dash as "-"."""
    text = unicodedata.normalize("NFKC", clean_line(text)).translate(_FIGURES)
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in text
    )


def lines_of(text: str | None) -> list[str]:
    """The lines of a text area without empty ones and without list marks ('- ', '• ', '1. ')."""
    return [
        line
        for line in (LIST_MARK.sub("", line).strip() for line in (text or "").splitlines())
        if line
    ]


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding: UTF-8 or UTF-16 as it says or shows, else
    Windows-1252, in which older Windows programs save Danish.

    Raises ValueError when it is none of them: no sign is ever guessed.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16"), "UTF-16"
    head = data[:200]
    if head and head.count(0) * 3 > len(head):
        code = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        return data.decode(code), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252"), "Windows-1252"
