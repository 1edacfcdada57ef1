"""Documentation and JSON Schemas of the data files, made from the dataclasses that read them."""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from jobunivers import wiring
from jobunivers.config import ROOT
from jobunivers.shared.content import CONTENT
from jobunivers.shared.data_files import PROFILE_FILES, SHARED_FILES, DataFile
from jobunivers.shared.schema import bare, hints_of, is_optional

PAGE = ROOT / "docs" / "profile-format.md"
FOLDER = CONTENT / "schemas"
Json = dict[str, Any]
HEAD = """# What the municipality's files may hold

Made by `python3 run.py content schemas` from the dataclasses that read the files; do not edit.
The same is checked at the start, by `jobunivers doctor` and by `jobunivers content check`. Editors that know
YAML complete and check while you write: take over `content/schemas/editor-settings.json`, or write as the
first line of a file `# yaml-language-server: $schema=../../schemas/profiles.locations.json`.

`content/profiles/common/` holds what every municipality has, a municipality's folder its differences: keys
replace the common ones, rows replace fields of the common row with the same `code`, new rows come last,
`leave_out: true` drops one. Only `true` and `false` switch something on or off. Days are written 2026-11-30,
without quotation marks. A text by language is `{da: ..., en: ..., uk: ...}`; Danish must be there.
"""


def all_files() -> tuple[DataFile, ...]:
    """Every kind of data file that there is."""
    return (*SHARED_FILES, *(file for one in wiring.FEATURES for file in one.files))


def written() -> dict[Path, str]:
    """Every file that is made, with its text."""
    schemas = {
        FOLDER / f"{file.name}.json": json.dumps(schema_of(file), indent=1, ensure_ascii=False)
        + "\n"
        for file in all_files()
    }
    patterns = {f"content/schemas/{one.name}.json": f"content/{one.pattern}" for one in all_files()}
    settings = json.dumps({"yaml.schemas": patterns}, indent=1) + "\n"
    return {PAGE: page(), FOLDER / "editor-settings.json": settings, **schemas}


def stale() -> list[Path]:
    """Schemas of files that there are no more."""
    return sorted(set(FOLDER.glob("*.json")) - set(written()))


def schema_of(file: DataFile) -> Json:
    """The JSON Schema of a file, with the explanations of its keys."""
    form: Any = file.form
    if file.shape == "rows":
        form = tuple[form, ...]
    elif file.shape == "keyed":
        form = dict[str, form]
    schema = TypeAdapter(form).json_schema()
    told = {one.__name__: one for one in dataclasses_in(file.form)}
    for part in _objects(schema):
        _explain(part, told)
        if file.is_layered and part.get("title") == getattr(file.form, "__name__", None):
            part.pop("required", None)
            if file.shape == "rows":
                part["required"] = ["code"]
                part["properties"]["leave_out"] = {
                    "const": True,
                    "description": "drops the common row of this code",
                }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _objects(part: object) -> Iterator[Json]:
    if isinstance(part, dict):
        if "properties" in part:
            yield part
        for inner in part.values():
            yield from _objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _objects(inner)


def _explain(part: Json, told: dict[str, type]) -> None:
    part["additionalProperties"] = False
    form = told.get(part.get("title", ""))
    if form is None:
        return
    part["description"] = _about(form)
    for name, comment in comments_of(form).items():
        part["properties"][name]["description"] = comment
        part["properties"][name].pop("title", None)


def page() -> str:
    """docs/profile-format.md."""
    parts = [HEAD]
    for file in PROFILE_FILES:
        parts.append(f"\n## {file.pattern.rsplit('/', 1)[1]}\n")
        for number, form in enumerate(dataclasses_in(file.form)):
            if number:
                parts.append(f"\n### {_heading(form)}\n")
            many = "A list; each row: " if file.shape == "rows" and not number else ""
            parts.append(f"\n{many}{_about(form)}\n\n" + "\n".join(_table(form)) + "\n")
    return "".join(parts)


def _heading(form: type) -> str:
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in form.__name__).strip()


def _table(form: type) -> Iterator[str]:
    yield "| key | what it may be | meaning |"
    yield "|---|---|---|"
    told = comments_of(form)
    for one in fields(cast(Any, form)):
        default = _default(one)
        said = in_words(hints_of(form)[one.name])
        yield f"| `{one.name}` | {said}{default} | {told.get(one.name, '')} |"


def _default(one: "Field[Any]") -> str:
    if one.default is MISSING and one.default_factory is MISSING:
        return ""
    if one.default is MISSING or one.default in (None, "", ()):
        return "; may be left away"
    value = str(one.default).lower() if isinstance(one.default, bool) else one.default
    return f"; {value} when left away"


def in_words(form: object) -> str:
    """What a value may be, for people."""
    if is_optional(form):
        return f"{in_words(bare(form))}, or nothing"
    limits, described = _limits(form)
    if described:
        return described
    form = bare(form)
    words = _choice(form) or _container(form)
    plain = {int: "whole number", float: "number", bool: "true or false", date: "day"}
    return words or plain.get(cast(type, form), "text") + limits


def _choice(form: object) -> str:
    if isinstance(form, type) and issubclass(form, StrEnum):
        return ", ".join(f"`{one.value}`" for one in form)
    if get_origin(form) is Literal:
        return ", ".join(f"`{one}`" if one else '`""`' for one in get_args(form))
    return ""


def _container(form: object) -> str:
    if is_dataclass(form):
        return f"mapping: {_heading(cast(type, form))}"
    inner = get_args(form)
    if get_origin(form) is dict:
        return f"mapping to {in_words(inner[1])}"
    if get_origin(form) is not tuple:
        return ""
    many = Ellipsis in inner
    return f"list of {in_words(inner[0])}" if many else "list: " + "; ".join(map(in_words, inner))


def _limits(form: object) -> tuple[str, str]:
    least = most = described = ""
    while get_origin(form) is Annotated:
        inner, *about = get_args(form)
        for one in about:
            if isinstance(one, FieldInfo):
                described = described or one.description or ""
                for limit in one.metadata:
                    least = str(getattr(limit, "ge", least))
                    most = str(getattr(limit, "le", most))
        form = inner
    return (f" from {least} to {most}" if least and most else ""), described


def dataclasses_in(form: object) -> list[type]:
    """The dataclass and those inside it, each once, outer ones first."""
    form = bare(form)
    found = [cast(type, form)] if is_dataclass(form) else []
    inner = hints_of(form).values() if found else get_args(form)
    for one in inner:
        found += [each for each in dataclasses_in(one) if each not in found]
    return found


def _about(form: type) -> str:
    return " ".join((inspect.getdoc(form) or "").split())


@cache
def comments_of(form: type) -> dict[str, str]:
    """What stands beside each field of a dataclass in its source."""
    found: dict[str, str] = {}
    for one in reversed(form.__mro__):
        if not is_dataclass(one):
            continue
        source = textwrap.dedent(inspect.getsource(one))
        lines = source.splitlines()
        for node in cast(ast.ClassDef, ast.parse(source).body[0]).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                last = lines[(node.end_lineno or 1) - 1][node.end_col_offset :]
                if "#" in last:
                    found[node.target.id] = last.split("#", 1)[1].strip()
    return found
