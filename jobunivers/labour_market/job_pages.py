"""The pages of jobs, prepared for their templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.labour_market import catalogue, pages, queries, rules, words
from jobunivers.labour_market.types import Wanted
from jobunivers.shared import i18n
from jobunivers.shared.forms import clean
from jobunivers.shared.web import path_to, split_address

if TYPE_CHECKING:
    from jobunivers.labour_market.models import Vacancy

TICKS = ("little_danish", "part_time", "no_licence", "several")
A_PAGE = 20


@dataclass(frozen=True)
class Job:
    """A job with the reader's words about it."""

    vacancy: "Vacancy"
    occupation: str
    worktime: str
    danish: str
    link_host: str


def in_words(vacancy: "Vacancy", locale: str) -> Job:
    """The job as a page shows it."""
    occupation = catalogue.title(vacancy.occupation, locale)
    return Job(
        vacancy,
        occupation,
        words.worktime_name(vacancy.worktime),
        words.danish_name(vacancy.danish),
        split_address(vacancy.url).netloc,
    )


def found(asked: Mapping[str, str], locale: str, today: date) -> dict[str, Any]:
    """What the list shows for the fields of its form: jobs, the filters as they stand, the address
    of the next page.
    """
    query, field = (clean(asked.get("q")) or "")[:60], asked.get("field", "")
    ticks = {name: asked.get(name) == "1" for name in TICKS}
    in_field = tuple(code for code, item in catalogue.occupations().items() if item.field == field)
    wanted = Wanted(
        rules.wanted_words(query), in_field if field in catalogue.fields() else None, **ticks
    )
    listed = queries.list_vacancies(
        wanted, today=today, after=_place(asked.get("after", "")), limit=A_PAGE
    )
    jobs = [in_words(vacancy, locale) for vacancy in listed[:A_PAGE]]
    return {
        "jobs": jobs,
        "query": query,
        "field": field,
        "fields": pages.fields(locale),
        "ticks": ticks,
        "is_filtered": wanted != Wanted(),
        "next_href": _next(asked, jobs[-1].vacancy) if len(listed) > A_PAGE else None,
    }


def _next(asked: Mapping[str, str], last: "Vacancy") -> str:
    kept = {name: asked[name] for name in ("q", "field", *TICKS) if asked.get(name)}
    return path_to("jobs.list_jobs", **kept, after=f"{last.apply_by}_{last.id}")


def _place(after: str) -> tuple[date, UUID] | None:
    """Where the last page ended; None for the first page and for nonsense."""
    day, _mark, vacancy_id = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(vacancy_id)
    except ValueError:
        return None


def task_words(vacancy: "Vacancy") -> tuple[str, str]:
    """(what, when) of the line in a planner."""
    what = _("Apply: %(title)s, %(workplace)s", title=vacancy.title, workplace=vacancy.workplace)
    return what, _("by %(day)s", day=i18n.day(vacancy.apply_by))
