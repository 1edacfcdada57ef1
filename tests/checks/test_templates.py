"""Templates: each is used, none carries inline style or script, macros are imported where blocks
can see them.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())
SOURCES = [path.read_text() for path in (ROOT / "jobunivers").rglob("*.py")] + [
    path.read_text() for path in TEMPLATES
]
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:|hx-vals=[\"']js:"
)


def test_each_template_is_used():
    everything = "\n".join(SOURCES)
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    unused = {
        name
        for name in names
        if f'"{name}"' not in everything
        and f"'{name}'" not in everything
        and not _is_built(name, everything)
    }
    assert unused == set()


def _is_built(name, everything):
    """E-mail templates are named by kind: messages/email/<kind>.html; examples by the file whose
    macros they show (test_components.py).
    """
    if name.startswith("examples/"):
        return True
    return "/email/" in name and (
        f'"{Path(name).stem}"' in everything or f'"{Path(name).with_suffix("")}"' in everything
    )


def test_no_inline_style_or_script():
    assert [
        f"{path.name}: {match[0]}"
        for path in TEMPLATES
        if (match := INLINE.search(path.read_text()))
    ] == []


def test_every_form_is_novalidate_or_has_no_required():
    """Browsers must not keep our own error page away."""
    assert [
        path.name for path in TEMPLATES if re.search(r"\srequired[\s>=]", path.read_text())
    ] == []


def test_a_percent_sign_in_a_translated_text_is_doubled():
    texts = re.compile(r"_\(\s*\"((?:[^\"\\]|\\.)*)\"")
    lone = re.compile(r"(?<!%)%(?![%(])")
    assert [
        f"{path.name}: {text}"
        for path in TEMPLATES
        for text in texts.findall(path.read_text())
        if lone.search(text)
    ] == []
