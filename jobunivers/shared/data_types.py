"""Kinds of value that data files are made of; what a value may be stands here once, for start,
checks, documentation and editors. A type is used in a dataclass; `shared/schema.py` reads files
into it.
"""

from datetime import date
from functools import lru_cache
from typing import Annotated, TypeVar

from babel import Locale
from pydantic import AfterValidator, Field, WithJsonSchema

from jobunivers.config import ROOT

DANISH = "da"
Row = TypeVar("Row")


@lru_cache
def languages() -> tuple[str, ...]:
    """Every language that the site speaks: the folders of translations/."""
    return tuple(sorted(path.name for path in (ROOT / "translations").iterdir() if path.is_dir()))


def _in_languages(texts: dict[str, str]) -> dict[str, str]:
    if unknown := sorted(set(texts) - set(languages())):
        raise ValueError(f"has the unknown language {unknown[0]}; known: {', '.join(languages())}")
    if DANISH not in texts:
        raise ValueError("lacks the Danish text (da)")
    if empty := [code for code, text in texts.items() if not text.strip()]:
        raise ValueError(f"is empty in {', '.join(empty)}; leave a missing language away")
    return texts


def _day_of_year(text: str) -> str:
    try:
        date.fromisoformat(f"2028-{text}")
    except ValueError:
        raise ValueError(f"must be a month and a day such as 12-24, not {text!r}") from None
    return text


def _quarter(text: str) -> str:
    year, _, part = text.partition("-")
    if not (len(year) == 4 and year.isdigit() and part in ("Q1", "Q2", "Q3", "Q4")):
        raise ValueError(f"must be a quarter such as 2026-Q4, not {text!r}")
    return text


def _web_address(text: str) -> str:
    if not text.startswith("https://") or not text.removeprefix("https://").split("/")[0]:
        raise ValueError(f"must be an address that begins with https://, not {text!r}")
    return text


def _mail_address(text: str) -> str:
    name, at, domain = text.partition("@")
    if not (name and at and "." in domain and not set(text) & set(" ,;<>")):
        raise ValueError(f"must be one mail address such as job@example.org, not {text!r}")
    return text


def _language(code: str) -> str:
    if code not in Locale("en").languages:
        raise ValueError(f"must be the code of a language such as uk, not {code!r}")
    return code


def _different(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    for number, row in enumerate(rows):
        if row in rows[:number]:
            raise ValueError(f"names {row} twice")
    return rows


Code = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", description="code (a-z, 0-9, -, _)")
]
LanguageCode = Annotated[str, AfterValidator(_language), Field(description="code of a language")]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[
    dict[str, str],
    AfterValidator(_in_languages),
    WithJsonSchema(
        {
            "type": "object",
            "required": [DANISH],
            "additionalProperties": {"type": "string", "minLength": 1},
        }
    ),
    Field(description="text by language"),
]
DayOfYear = Annotated[str, AfterValidator(_day_of_year), Field(description="month and day (12-24)")]
Quarter = Annotated[str, AfterValidator(_quarter), Field(description="quarter (2026-Q4)")]
WebAddress = Annotated[
    str, AfterValidator(_web_address), Field(description="address (https://...)")
]
MailAddress = Annotated[str, AfterValidator(_mail_address), Field(description="mail address")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1), AfterValidator(_different)]
MaybeCodes = Annotated[tuple[Code, ...], AfterValidator(_different)]
Minutes = Annotated[int, Field(ge=1, le=480)]
Days = Annotated[int, Field(ge=0, le=366)]
Weeks = Annotated[int, Field(ge=0, le=520)]
Months = Annotated[int, Field(ge=1, le=240)]
Hours = Annotated[int, Field(ge=0, le=24 * 60)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Share = Annotated[float, Field(ge=0, le=1)]
