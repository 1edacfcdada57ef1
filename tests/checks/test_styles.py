"""The style sheet: committed as compiled, small, and kind to right-to-left."""

import re
from pathlib import Path

import brotli

from jobunivers.shared.assets import compile_css, illustration_sheet

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "static" / "img" / "illustrations.svg"
CSS = ROOT / "static" / "css" / "ju.css"
PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right)\b|text-align:\s*(left|right)|float:\s*(left|right)"
)


def test_committed_css_is_what_the_sources_say():
    assert CSS.read_text() == compile_css(ROOT), "run: python3 run.py assets"


def test_committed_sheet_of_illustrations_is_what_the_drawings_say():
    assert SHEET.read_text() == illustration_sheet(ROOT), "run: python3 run.py assets"


def test_css_is_small_on_the_wire():
    assert len(brotli.compress(CSS.read_bytes())) <= 8_000


def test_our_own_styles_use_logical_properties():
    own = [path for path in (ROOT / "static" / "scss").glob("*.scss")]
    assert [
        f"{path.name}: {match[0]}" for path in own if (match := PHYSICAL.search(path.read_text()))
    ] == []


def test_no_page_asks_another_site_for_anything():
    sources = [
        path
        for folder in ("static/js", "static/css", "templates")
        for path in (ROOT / folder).rglob("*.*")
    ]
    asks = re.compile(r"(src|url\(|@import|fetch\()\s*=?\s*[\"']?https?://")
    assert [path.name for path in sources if asks.search(path.read_text())] == []
