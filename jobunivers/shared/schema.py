"""Reads data files into frozen dataclasses, strictly, and says in one line each what is wrong:
file, line, key and what is allowed.

A dataclass is the whole description of a file or of one of its rows: its annotations are checked,
unknown keys are refused, the comment beside a field is its explanation in docs/profile-format.md
and in content/schemas/. What spans several values is a `Check`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, SchemaValidator

from jobunivers.shared.content import ContentError
from jobunivers.shared.data_types import DANISH, Texts, languages
from jobunivers.shared.sheets import Fault, FaultyYaml, Layers, Place, Sheet, name_of

Kind = TypeVar("Kind")
Complaint = tuple[Place, str]
Check = Callable[[Kind], Iterable[Complaint]]
EXACT = frozenset({"int", "float", "str", "bool", "date"})  # "45" is no number, 2026-11-30 no text
LONGEST = 40


def read(kind: type[Kind], source: Sheet | Layers, *checks: Check[Kind]) -> Kind:
    """The file as that dataclass. Raises ContentError with all faults."""
    return cast(Kind, _read(kind, source, checks))


def read_rows(
    row: type[Kind], source: Sheet | Layers, *checks: Check[tuple[Kind, ...]]
) -> tuple[Kind, ...]:
    """A file that is a list of such rows. Raises ContentError with all faults."""
    return cast(tuple[Kind, ...], _read(tuple[row, ...], source, checks))  # type: ignore[valid-type]


def read_keyed(
    value: type[Kind], source: Sheet | Layers, *checks: Check[dict[str, Kind]]
) -> dict[str, Kind]:
    """A file that is a mapping from keys to such values. Raises ContentError with all faults."""
    return cast(dict[str, Kind], _read(dict[str, value], source, checks))  # type: ignore[valid-type]


def read_texts(source: Sheet | Layers) -> dict[str, dict[str, str]]:
    """A file that is a mapping from keys to texts by language. Raises ContentError."""
    return cast(dict[str, dict[str, str]], _read(dict[str, Texts], source, ()))


def _read(form: object, source: Sheet | Layers, checks: Iterable[Check[Any]]) -> object:
    try:
        data = source.data
    except FaultyYaml as error:
        raise ContentError.of(error.faults) from None
    try:
        found = validator(form).validate_python(data)
    except ValidationError as error:
        raise ContentError.of(list(faults_of(error, form, source))) from None
    wrong = [complaint for check in checks for complaint in check(found)]
    if wrong:
        raise ContentError.of([at_place(source, place, message) for place, message in wrong])
    return found


def at_place(source: Sheet | Layers, place: Place, message: str) -> Fault:
    """The complaint with file, line and the name of the place."""
    name = name_of(source.data, place)
    return Fault(*source.at(place), f"{name} {message}".strip())


@cache
def validator(form: object) -> SchemaValidator:
    """Checks data against annotations, without turning one type into another."""
    schema = TypeAdapter(cast(Any, form)).core_schema
    _make_exact(schema)
    return SchemaValidator(schema)


def _make_exact(part: object) -> None:
    if isinstance(part, dict):
        if part.get("type") in EXACT:
            part["strict"] = True
        if part.get("type") == "dataclass-args":
            part["extra_behavior"] = "forbid"
        for inner in part.values():
            _make_exact(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            _make_exact(inner)


def faults_of(error: ValidationError, form: object, source: Sheet | Layers) -> Iterator[Fault]:
    """Every fault in plain words."""
    found = error.errors(include_url=False)
    for one in found:
        place = one["loc"]
        if any(len(other["loc"]) > len(place) == _shared(other["loc"], place) for other in found):
            continue  # a list is too short, say, because one of its rows is wrong
        if place[-1:] == ("[key]",):
            place = place[:-1]
        yield at_place(source, place, _in_words(one, form))


def _shared(one: Place, other: Place) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _in_words(error: ErrorDetails, form: object) -> str:
    about, value = error.get("ctx", {}), error["input"]
    if error["type"] == "missing":
        return "is missing" if isinstance(error["loc"][-1], str) else "must have more values"
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return _unknown_key(str(error["loc"][-1]), form_at(form, error["loc"][:-1]))
    if error["type"] == "value_error":
        return str(about["error"])
    if error["type"] in WORDS:
        return f"{WORDS[error['type']].format(**about)}, not {shown(value)}{_hint(error)}"
    return f"{error['msg'].lower()}, not {shown(value)}"


WORDS: Mapping[str, str] = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "string_type": "must be a text",
    "date_type": "must be a day that exists, such as 2026-11-30",
    "tuple_type": "must be a list such as [a, b]",
    "dict_type": "must be a mapping (key: value)",
    "dataclass_type": "must be a mapping (key: value)",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "union_tag_invalid": "must have a kind out of {expected_tags}",
    "union_tag_not_found": "must have a kind",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_short": "must be a text",
    "string_pattern_mismatch": "must be a code of small letters, digits, - and _",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
    "missing_argument": "must have more values",
    "unexpected_positional_argument": "must have fewer values",
}


def _hint(error: ErrorDetails) -> str:
    """What is usually behind it: quotation marks too many or too few."""
    value, kind = error["input"], error["type"]
    if kind == "string_type" and not isinstance(value, dict | list) and value is not None:
        return " (put it in quotation marks)"
    if isinstance(value, str) and kind in ("int_type", "float_type", "date_type", "bool_type"):
        read_alone = Sheet(Path(), value)
        try:
            if not isinstance(read_alone.data, str | None):
                return " (without quotation marks)"
        except FaultyYaml:
            return ""
    return ""


def shown(value: object) -> str:
    """A value as its writer knows it, shortened."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def _unknown_key(key: str, form: object) -> str:
    known = [one.name for one in fields(cast(Any, form))] if is_dataclass(form) else []
    near = get_close_matches(key, known, 1)
    meant = f"; did you mean {near[0]}?" if near else ";"
    return f"is not known here{meant} allowed: {', '.join(known)}"


def is_optional(form: object) -> bool:
    """Whether the value may be nothing."""
    return get_origin(form) in (Union, UnionType) and type(None) in get_args(form)


def form_at(form: object, place: Place) -> object:
    """The annotation that holds at that place."""
    for step in place:
        form = _step(bare(form), step)
    return bare(form)


def bare(form: object) -> object:
    """The annotation without Annotated and without "or nothing"."""
    while get_origin(form) is Annotated:
        form = get_args(form)[0]
    if get_origin(form) in (Union, UnionType):
        some = [one for one in get_args(form) if one is not type(None)]
        return bare(some[0]) if len(some) == 1 else form
    return form


def _step(form: object, step: int | str) -> object:
    if is_dataclass(form):
        return hints_of(cast(type, form)).get(str(step), form)
    if get_origin(form) is tuple and isinstance(step, int):
        inner = get_args(form)
        return inner[0] if Ellipsis in inner else inner[min(step, len(inner) - 1)]
    if get_origin(form) is dict:
        return get_args(form)[1]
    if get_origin(form) in (Union, UnionType):  # told apart by their kind
        return next((one for one in get_args(form) if step in kinds_of(one)), form)
    return form


def kinds_of(form: object) -> tuple[object, ...]:
    """The values of `kind` by which a dataclass of several is chosen."""
    given = hints_of(bare(form)).get("kind")
    return get_args(given) if get_origin(given) is Literal else ()


@cache
def hints_of(form: object) -> dict[str, object]:
    """The annotations of a dataclass, with what stands in Annotated."""
    return get_type_hints(form, include_extras=True) if is_dataclass(form) else {}


def twice(rows: Iterable[object], name: str = "code") -> Iterator[Complaint]:
    """Complains of rows that share what they are called by."""
    seen: set[object] = set()
    for number, row in enumerate(rows):
        value = getattr(row, name)
        if value in seen:
            yield (number, name), f"{value} stands here twice"
        seen.add(value)


def unknown(place: Place, values: Iterable[str], known: Iterable[str]) -> Iterator[Complaint]:
    """Complains of every value that is not among those known."""
    allowed = list(known)
    for value in values:
        if value not in allowed:
            near = get_close_matches(value, allowed, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            many = ", ".join(allowed[:12]) + (" ..." if len(allowed) > 12 else "")
            yield place, f"names {value!r}, which does not exist; {meant}known: {many}"


def by_language(found: Mapping[str, object]) -> Iterator[Complaint]:
    """Complains of keys that are no languages of the site, and of a missing Danish part."""
    for code in found:
        yield from unknown((code,), [code], languages())
    if DANISH not in found:
        yield (), "lacks the Danish part (da)"
