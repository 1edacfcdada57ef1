"""PDF through typst: tagged, with embedded fonts, checked against PDF/UA-1 while it is made. Call
it outside `write()`.
"""

import json
import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
COVERAGE = FONTS / "coverage.txt"  # made by `jobunivers assets`
STANDARD = ["ua-1"]
PAGE = re.compile(rb"/Type\s*/Page(?!s)")
BOX = "\N{WHITE SQUARE}"
# A typst compiler must not be used by two threads: each thread has its own for each template.
_own = threading.local()


def typst_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF of a template in typst, which reads `data` by `json(bytes(sys.inputs.data))`; some 4
    ms.

    Strings in `data` are never read as markup, and files outside the template's folder cannot be
    opened. Fonts for all scripts in which people here write their names lie beside this file. What
    none of them can draw would make the document inaccessible: see `drawn`.
    Raises RuntimeError (typst.TypstError) when the result would not be accessible, e.g. without a
    title.
    """
    text = json.dumps(_drawable(data), ensure_ascii=False)
    return bytes(
        _compiler(template).compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"data": text})
    )


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(drawn(sign) for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: _drawable(one) for key, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, (list, tuple)) else value


def drawn(sign: str) -> str:
    """What a PDF shows for one sign: itself, else its plain form, else what stands in its place.

    A space of any width stays a space and a dash a dash, so that no two words or figures run
    together. A letter that no font has becomes an empty box; emoji and marks are left out.
    """
    if sign in "\n\t" or ord(sign) in _glyphs():
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and all(ord(part) in _glyphs() for part in plain):
        return plain
    category = unicodedata.category(sign)
    return {"Zs": " ", "Pd": "-"}.get(category, BOX if category[0] in "LN" else "")


def left_out(text: str) -> str:
    """The signs of a text that its PDF cannot show, each once; '' when all of it is shown."""
    signs = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(sign for sign in signs if not sign.isspace() and drawn(sign) in ("", BOX))


@lru_cache
def _glyphs() -> frozenset[int]:
    """Code points that one of our fonts has; the compiler takes the first font that has it."""
    spans = (line.partition("-") for line in COVERAGE.read_text().split())
    return frozenset(
        code
        for first, _dash, last in spans
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has: each is an object of its own, outside packed streams."""
    return len(PAGE.findall(pdf))


def _compiler(template: Path) -> Any:
    import typst  # 25 MB: only in processes that make a PDF

    compilers: dict[Path, Any] = _own.__dict__.setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = typst.Compiler(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": "{}"},
        )
    return compilers[template]
