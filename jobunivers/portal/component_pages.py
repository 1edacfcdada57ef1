"""The macros of which pages are made, read from their files: what each says of itself, and its
examples (templates/examples/), drawn and as they are written.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from flask import current_app
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from jobunivers.config import ROOT
from jobunivers.portal.component_forms import ExampleForm
from jobunivers.portal.component_words import LONG, STATES
from jobunivers.shared.template_context import context

TEMPLATES = ROOT / "templates"
FILES = (*sorted((TEMPLATES / "components").glob("*.html")), TEMPLATES / "shared" / "editing.html")
EXAMPLES = TEMPLATES / "examples"
MACRO = re.compile(r"(?:\{#(?P<said>(?:(?!#\}).)*)#\}\s*)?\{% macro (?P<name>\w+)\(", re.DOTALL)
KEPT = re.compile(r"\{% set (\w+) = once\((\w+)\) %\}")
EXAMPLE = re.compile(
    r"\{# (?P<name>\w+): (?P<state>[\w ]+) #\}\n(?P<call>(?:(?!\{# \w+: ).)*)", re.DOTALL
)
NAMED = re.compile(r"""\b(id|for|form|aria-describedby|aria-labelledby)="([^"]+)\"""")
POINTS = re.compile(r"""\b(href|hx-target)="#([^"]+)\"""")


@dataclass(frozen=True)
class Macro:
    """A macro that pages use: its file, its name, and what the file says of it."""

    file: Path
    name: str
    said: str


@dataclass(frozen=True)
class Example:
    """One call of a macro, in one state."""

    macro: str
    state: str
    call: str


@dataclass(frozen=True)
class Shown:
    """A macro with its examples as the page shows them."""

    macro: Macro
    examples: tuple[SimpleNamespace, ...]


def macros_of(file: Path) -> list[Macro]:
    """The macros of a file that are for pages (no underscore), each with the comment before it, or
    with the one at the top of the file.
    """
    source = file.read_text()
    kept: dict[str, str] = {drawn: name for name, drawn in KEPT.findall(source)}
    top = re.search(r"\{#(.*?)#\}", source, re.DOTALL)
    before = str(top[1]) if top else ""
    return [
        Macro(
            file,
            kept.get(one["name"]) or str(one["name"]),
            " ".join(str(one["said"] or before).split()),
        )
        for one in MACRO.finditer(source)
        if not one["name"].startswith("_")
    ]


def macros() -> list[Macro]:
    """Every macro of every file, in the order of the files."""
    return [macro for file in FILES for macro in macros_of(file)]


def examples_of(macro: Macro) -> list[Example]:
    """The examples of a macro; none when its file has none."""
    file = EXAMPLES / macro.file.name
    found = EXAMPLE.finditer(file.read_text()) if file.exists() else ()
    return [
        Example(one["name"], one["state"], one["call"].strip())
        for one in found
        if one["name"] == macro.name
    ]


def components() -> list[Shown]:
    """All of them with their examples drawn, in the reader's language."""
    known = {**context(), **_samples()}
    imports = "".join(
        f'{{% from "{file.relative_to(TEMPLATES)}" import '
        f"{', '.join(macro.name for macro in macros_of(file))} with context %}}"
        for file in FILES
    )
    shown, number = [], 0
    for macro in macros():
        drawn = []
        for example in examples_of(macro):
            number += 1
            html = current_app.jinja_env.from_string(imports + example.call).render(known)
            drawn.append(
                SimpleNamespace(
                    state=STATES[example.state],
                    call=example.call,
                    html=Markup(_apart(html, f"example-{number}-")),  # noqa: S704 # our own templates
                )
            )
        shown.append(Shown(macro, tuple(drawn)))
    return shown


def _samples() -> dict[str, object]:
    """What the calls name: a fresh form, one that came back, and a text as long as they get."""
    wrong = ExampleForm(MultiDict({"name": " "}))
    wrong.validate()
    filled = ExampleForm(data={"name": LONG, "note": LONG, "lines": [LONG, LONG]})
    return {"form": ExampleForm(), "wrong": wrong, "filled": filled, "long": LONG}


def _apart(html: str, prefix: str) -> str:
    """Examples stand on one page: their ids, and what points at them, get a beginning of their own."""
    html = NAMED.sub(lambda m: f'{m[1]}="{" ".join(prefix + name for name in m[2].split())}"', html)
    return POINTS.sub(rf'\1="#{prefix}\2"', html).replace(" autofocus data-focus", "")
