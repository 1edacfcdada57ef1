"""Each class that our styles speak of is put on something by a template, a script or the code."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)(?=[^;{}]*\{)")
BY_OTHERS = {"htmx-request"}  # htmx puts it on a form while it is under way
FAMILIES = (
    "alert",
    "box",
    "button",
    "card",
    "status",
)  # macros and Markdown write `status-{{ kind }}`: the kind is a quoted word where it is called


@cache
def styled():
    """Class names in the selectors of our own sources."""
    text = "\n".join(path.read_text() for path in (ROOT / "static" / "scss").glob("*.scss"))
    return set(CLASS.findall(re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)))


@cache
def sources():
    """Everything that can put a class on an element."""
    places = (
        ("templates", "*.html"),
        ("jobunivers", "*.py"),
        ("static/js", "*.js"),
        ("content/figures", "*.svg"),
    )
    return "\n".join(
        path.read_text()
        for folder, names in places
        for path in sorted((ROOT / folder).rglob(names))
    )


def is_used(name, words, quoted):
    family, _dash, kind = name.partition("-")
    return name in words or name in BY_OTHERS or (family in FAMILIES and kind in quoted)


def test_the_sources_are_found():
    assert len(styled()) > 50


def test_each_class_is_used():
    words, quoted = (
        set(re.findall(r"[\w-]+", sources())),
        set(re.findall(r"[\"']([\w-]+)[\"']", sources())),
    )
    assert {name for name in styled() if not is_used(name, words, quoted)} == set()


def test_an_unused_class_would_be_found():
    assert not is_used("no-such-class", {"such"}, {"such-class"})
    assert not is_used("button-loud", {"button"}, {"quiet"})
