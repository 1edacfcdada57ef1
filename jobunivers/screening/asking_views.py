"""From the first question to the list of answers: the same pages for the citizen and for staff who
type in with her.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from jobunivers.screening import again_services as again
from jobunivers.screening import catalogue, pages, queries, rules, services
from jobunivers.screening.forms import posted_answer
from jobunivers.screening.types import START, Question, Typist
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound, Stale
from jobunivers.shared.i18n import DEFAULT_LOCALE, choose_locale
from jobunivers.shared.web import go_to, invalid, page

if TYPE_CHECKING:
    from jobunivers.screening.models import Screening

QUESTION, ANSWERS = "screening/question.html", "screening/answers.html"
FROM_ANSWERS = "answers"


@dataclass(frozen=True)
class Pages:
    """Whose questionnaire, in which language, and the addresses of its pages. `by` is empty when
    she answers herself.

    `has_health_right`: always hers; of staff the right to health answers, which still need her yes
    of the day.
    """

    citizen_id: UUID
    area: str
    layout: str
    locale: str
    by: Typist | None = None
    has_health_right: bool = True
    is_office: bool = False
    back: str = ""
    back_label: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    def url(self, name: str, **values: Any) -> str:
        """The address of a page of this questionnaire."""
        return url_for(f"{self.area}.{name}", **self.keys, **values)

    def opens_health(self, screening: "Screening | None") -> bool:
        """Whether the questions about health may be shown here and now."""
        if not current_profile().screening.health.is_on:
            return False
        agreed_on = (
            clock.danish_day(screening.health_agreed_at)
            if screening and screening.health_agreed_at
            else None
        )
        return not self.is_office or rules.may_open_health(
            has_right=self.has_health_right, agreed_on=agreed_on, today=clock.today()
        )

    def may_ask_for_health(self, screening: "Screening") -> bool:
        """Staff with the right who has not asked her today."""
        return (
            self.is_office
            and self.has_health_right
            and current_profile().screening.health.is_on
            and not self.opens_health(screening)
        )


def start(where: Pages) -> Response:
    """Begins, or goes on at the exact question."""
    with write():
        services.start_screening(
            where.citizen_id, locale=where.locale, now=clock.now(), by=where.by
        )
    waiting = queries.find_screening_to_answer(where.citizen_id)
    return go_to(
        where.url("show_question", key=waiting.next_question)
        if waiting and waiting.next_question
        else where.url("show_answers")
    )


def keep_all(where: Pages) -> None:
    """Nothing has changed since last time: this round is answered in one tap."""
    with write():
        again.nothing_has_changed(
            where.citizen_id, locale=where.locale, now=clock.now(), by=where.by
        )


def show_question(where: Pages, key: str) -> Response:
    """One question with big answers."""
    return page(QUESTION, **_question_context(where, _question(where, key)))


def answer_question(where: Pages, key: str) -> Response:
    """Saves one answer or the wish to skip, then shows the next question. Staff never overwrites
    what came meanwhile (409).
    """
    question = _question(where, key)
    skips = "skip" in request.form
    value = None if skips else posted_answer(question)
    if value is None and not skips:
        return invalid(
            QUESTION,
            **_question_context(
                where, question, error=_("Choose an answer, or skip the question.")
            ),
        )
    version = request.form.get("version", "") if where.is_office else None
    try:
        with write():
            services.record_answer(
                where.citizen_id,
                question,
                value,
                locale=where.locale,
                now=clock.now(),
                by=where.by,
                version=version,
            )
    except Stale:
        return page(QUESTION, 409, **_question_context(where, question, is_stale=True))
    return go_to(_after(where, question))


def show_answers(where: Pages) -> Response:
    """All answers with a way to change each, the voluntary branches, and the end."""
    screening = queries.get_screening(where.citizen_id)
    is_open = where.opens_health(screening)
    health = queries.health_answers(screening.id) if is_open else {}
    questionnaire = catalogue.questionnaire(screening.landmark)
    words_of = catalogue.texts(choose_locale()).branches
    branches = {
        code: words
        for code, words in words_of.items()
        if questionnaire.branch(code) and (code != "health" or is_open)
    }
    return page(
        ANSWERS,
        where=where,
        screening=screening,
        core=_pairs(where, screening, health),
        branches=[
            (code, words, _pairs(where, screening, health, code))
            for code, words in branches.items()
        ],
        firsts={code: questionnaire.branch(code)[0].key for code in branches},
        has_health=bool(health),
        asks_for_health=where.may_ask_for_health(screening),
        typed=queries.list_typed(screening),
        told=_told(where, screening) if where.is_office else [],
    )


def finish(where: Pages) -> None:
    """The end; wishes for help reach a caseworker at once."""
    with write():
        services.finish_screening(
            where.citizen_id, now=clock.now(), profile=current_profile(), by=where.by
        )


def take_back(where: Pages) -> Response:
    """What was typed in for her is gone."""
    with write():
        services.take_back(where.citizen_id, now=clock.now(), by=where.by)
    flash(_("What was typed in is taken back."), "good")
    return go_to(where.url("show_answers"))


def _question(where: Pages, key: str) -> Question:
    screening = queries.find_screening(where.citizen_id)
    question = catalogue.questionnaire(screening.landmark if screening else START).find(key)
    if question is None or (question.is_health and not where.opens_health(screening)):
        raise NotFound
    return question


def _question_context(
    where: Pages, question: Question, *, error: str = "", is_stale: bool = False
) -> dict[str, Any]:
    screening = queries.find_screening(where.citizen_id)
    health = queries.health_answers(screening.id) if screening and question.is_health else {}
    search = request.args.get("search", "").strip()[:60]
    shown = pages.question_page(
        question, screening, health, where.locale, search=search, aloud=where.is_office
    )
    return {
        "where": where,
        "shown": shown,
        "error": error,
        "is_stale": is_stale,
        "from_answers": request.args.get("from") == FROM_ANSWERS,
    }


def _after(where: Pages, question: Question) -> str:
    """Where a saved answer leads: the next question of the same part, or the list of answers."""
    if request.args.get("from") == FROM_ANSWERS and not question.branch:
        return where.url("show_answers")
    screening = queries.get_screening(where.citizen_id)
    _before, following, _number, _total = rules.neighbours(
        question, catalogue.questionnaire(screening.landmark), queries.all_answers(screening)
    )
    return where.url("show_question", key=following) if following else where.url("show_answers")


def _pairs(
    where: Pages, screening: "Screening", health: Mapping[str, Any], branch: str = ""
) -> list[tuple[pages.AnswerLine, pages.AnswerLine | None]]:
    """Each line in her language, for staff with the Danish one beside it."""
    own = pages.answer_lines(screening, health, where.locale, branch)
    if not where.is_office or where.locale == DEFAULT_LOCALE:
        return [(line, None) for line in own]
    return list(
        zip(own, pages.answer_lines(screening, health, DEFAULT_LOCALE, branch), strict=True)
    )


def _told(where: Pages, screening: "Screening") -> list[tuple[str, str]]:
    """(her language, Danish) of each reason why somebody looks at her answers."""
    own, danish = (
        pages.reasons_told(screening, code, sees_health=where.has_health_right)
        for code in (where.locale, DEFAULT_LOCALE)
    )
    return list(zip(own, danish, strict=True))
