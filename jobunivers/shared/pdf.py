"""PDF through typst: tagged, with embedded fonts, checked against PDF/UA-1 while it is made. Call
it outside `write()`.
"""

import json
import threading
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
STANDARD = ["ua-1"]
_own = (
    threading.local()
)  # a typst compiler must not be used by two threads: each thread has its own for each template


def typst_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF of a template in typst, which reads `data` by `json(bytes(sys.inputs.data))`; some 4
    ms.

    Strings in `data` are never read as markup, and files outside the template's folder cannot be
    opened. What the fonts cannot draw would
    make the document inaccessible: emoji and the like are left out, letters of other scripts become
    "?".
    Raises RuntimeError (typst.TypstError) when the result would not be accessible, e.g. without a
    title.
    """
    text = json.dumps(_drawable(data), ensure_ascii=False)
    return bytes(
        _compiler(template).compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"data": text})
    )


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(_drawn(sign) for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: _drawable(one) for key, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _drawn(sign: str) -> str:
    if sign in "\n\t" or ord(sign) in _glyphs():
        return sign
    return "?" if unicodedata.category(sign)[0] in "LN" else ""


@lru_cache
def _glyphs() -> frozenset[int]:
    """Code points that every one of our fonts has."""
    from fontTools.ttLib import TTFont  # only in processes that make a PDF

    return frozenset(
        set.intersection(
            *(set(TTFont(BytesIO(file.read_bytes())).getBestCmap()) for file in FONTS.glob("*.ttf"))
        )
    )


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
