"""What the pages of the screening show: stored facts and words put together for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.caseload.models import Citizen
from jobunivers.labour_market import catalogue as occupations
from jobunivers.labour_market import rules as labour_market
from jobunivers.labour_market.types import Field, Occupation
from jobunivers.screening import catalogue, flag_queries, notices, queries, round_queries, rules
from jobunivers.screening.models import Flag, FlagReply, Review, Screening
from jobunivers.screening.types import (
    EARLIER,
    START,
    DecisionLine,
    Kind,
    Question,
    QuestionText,
    Route,
)
from jobunivers.shared import i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.editing import version_of


@dataclass(frozen=True)
class Option:
    """One answer to tap or tick. `lang` is set when the label is a language's own name."""

    code: str
    label: str
    lang: str | None
    is_chosen: bool
    danish: str = ""  # for staff who reads aloud, when the citizen's language is another


@dataclass(frozen=True)
class QuestionPage:
    """One question on one screen."""

    question: Question
    text: QuestionText
    options: tuple[Option, ...]
    chosen: Any
    number: int
    total: int
    previous: str | None
    following: str | None
    saved_at: datetime | None
    fields: tuple[tuple[Field, tuple[Occupation, ...]], ...] = ()
    search: str = ""
    search_is_empty: bool = False
    danish: QuestionText | None = (
        None  # for staff who reads aloud, when the citizen's language is another
    )
    is_from_before: bool = False  # `chosen` is what she said last time, not yet this time
    version: str = ""  # of the stored answer, so that nobody overwrites what she did meanwhile


@dataclass(frozen=True)
class AnswerLine:
    """A question with what was answered, as a line to read. `lines` is empty when it was skipped or
    not reached.
    """

    key: str
    ask: str
    lines: tuple[str, ...]
    is_skipped: bool
    is_typed: bool = False
    before: tuple[str, ...] = ()  # what she said last time, when it was something else


@dataclass(frozen=True)
class Result:
    """What the citizen reads after finishing: why somebody looks at it, in her own answers, and
    what was decided.
    """

    reasons: tuple[str, ...]
    is_by_points: bool
    is_random: bool
    is_unclear: bool
    is_open: bool
    has_health: bool
    wants_interpreter: bool
    replies: tuple[FlagReply, ...]
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True)
class Evidence:
    """A sentence pair for staff: Danish, and the language it was answered in."""

    danish: str
    danish_answer: tuple[str, ...]
    own: str
    own_answer: tuple[str, ...]
    is_reason: bool
    before: tuple[str, ...] = ()  # in Danish, when she said something else in an earlier round


@dataclass(frozen=True)
class FlagPage:
    """A flag as the caseworker decides on it."""

    flag: Flag
    citizen: Citizen
    own_locale: str
    reasons: tuple[str, ...]
    counter: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    earlier: tuple[Review, ...]
    version: str
    suggested: str
    has_health: bool
    answered_at: datetime | None

    @property
    def is_by_points(self) -> bool:
        return self.flag.route is Route.POINTS


def _listed(question: Question, chosen: Any, locale: str, *, is_pair: bool) -> tuple[Option, ...]:
    """What can be chosen; of occupations those that were. With `is_pair` the Danish words too."""
    if question.kind is Kind.OCCUPATIONS:
        told, danish_too = occupations.title, i18n.DEFAULT_LOCALE if is_pair else ""
        return tuple(
            Option(
                code, told(code, locale), None, True, told(code, danish_too) if danish_too else ""
            )
            for code in chosen or ()
        )
    picked = chosen if isinstance(chosen, list) else [chosen]
    danish = {}
    if is_pair:
        danish = {
            code: label for code, label, _lang in catalogue.options(question, i18n.DEFAULT_LOCALE)
        }
    return tuple(
        Option(code, label, lang, code in picked, danish.get(code, ""))
        for code, label, lang in catalogue.options(question, locale)
    )


def question_page(
    question: Question,
    screening: Screening | None,
    health: Mapping[str, Any],
    locale: str,
    *,
    search: str = "",
    aloud: bool = False,
) -> QuestionPage:
    """The page of a question with the answer given before. `aloud`: for staff, with the Danish
    words beside the citizen's.
    """
    answers = (
        {**queries.answers_of(screening), **{k: v for k, v in health.items() if v is not None}}
        if screening
        else {}
    )
    questionnaire = catalogue.questionnaire(screening.landmark if screening else START)
    previous, following, number, total = rules.neighbours(question, questionnaire, answers)
    before = round_queries.earlier_answers(screening).get(question.key) if screening else None
    is_given = question.key in answers or (
        screening is not None and question.key in queries.touched(screening)
    )
    chosen = answers.get(question.key) if is_given else before
    is_pair = aloud and locale != i18n.DEFAULT_LOCALE
    fields = _fields(search, locale) if question.kind is Kind.OCCUPATIONS else ()
    return QuestionPage(
        question=question,
        text=catalogue.question_text(question.key, locale),
        options=_listed(question, chosen, locale, is_pair=is_pair),
        chosen=chosen,
        number=number,
        total=total,
        previous=previous,
        following=following,
        saved_at=max((answer.answered_at for answer in screening.answers), default=None)
        if screening
        else None,
        fields=fields,
        search=search,
        search_is_empty=bool(search) and not fields,
        danish=catalogue.question_text(question.key, i18n.DEFAULT_LOCALE) if is_pair else None,
        is_from_before=chosen is not None and not is_given,
        version=version_of(queries.answer_now(screening, question)) if aloud else "",
    )


def _fields(search: str, locale: str) -> tuple[tuple[Field, tuple[Occupation, ...]], ...]:
    if not search:
        return tuple((field, tuple(items)) for field, items in occupations.by_field())
    found = labour_market.search(occupations.occupations().values(), search, locale)[:30]
    fields = occupations.fields()
    return tuple(
        (fields[code], tuple(item for item in found if item.field == code))
        for code in dict.fromkeys(item.field for item in found)
    )


def answer_lines(
    screening: Screening, health: Mapping[str, Any], locale: str, branch: str = ""
) -> list[AnswerLine]:
    """Her answers of the core or a branch, in the order of the questions."""
    questionnaire, earlier = (
        catalogue.questionnaire(screening.landmark),
        round_queries.earlier_answers(screening),
    )
    own = queries.answers_of(screening)
    answers = {
        **(earlier if branch == EARLIER else {}),
        **own,
        **{k: v for k, v in health.items() if v is not None},
    }
    seen = queries.touched(screening) | set(health)
    typed = {answer.question for answer in screening.answers if answer.typed_by_id is not None}
    asked = rules.asked(questionnaire.branch(branch) if branch else questionnaire.core, answers)
    return [
        AnswerLine(
            question.key,
            catalogue.question_text(question.key, locale).ask,
            tuple(catalogue.answer_words(question, answers[question.key], locale))
            if question.key in answers
            else (),
            question.key in seen and question.key not in answers,
            question.key in typed,
            tuple(catalogue.answer_words(question, earlier[question.key], locale))
            if is_another(question.key, earlier, own)
            else (),
        )
        for question in asked
    ]


def is_another(key: str, earlier: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether she said something else in an earlier round; the order of what one may choose several
    of does not count.
    """
    if key not in earlier or key not in now:
        return False
    then, said = earlier[key], now[key]
    return bool(
        set(then) != set(said)
        if isinstance(then, list) and isinstance(said, list)
        else then != said
    )


def last_time(screening: Screening | None, landmark: str, locale: str) -> list[tuple[str, str]]:
    """(question, answer) of what holds by now, of those that the round asks again; for "has
    anything changed?".
    """
    if screening is None:
        return []
    answers = round_queries.standing_answers(screening)
    asked = (
        question for question in catalogue.questionnaire(landmark).core if question.key in answers
    )
    lines = ((question, catalogue.question_text(question.key, locale).ask) for question in asked)
    return [
        (ask, ", ".join(catalogue.answer_words(question, answers[question.key], locale)))
        for question, ask in lines
    ]


def promises(total: int, minutes: int, *, health: bool) -> list[str]:
    """What holds before the first question, in the language spoken just now."""
    lines = [
        _(
            "%(total)s questions, about %(minutes)s minutes. One tap saves each answer.",
            total=total,
            minutes=minutes,
        ),
        _("It is voluntary. You can skip any question, stop and come back."),
        _(
            "Your answers have no effect on your benefit. They are only used to offer "
            "you more help, never less."
        ),
        _(
            "Your caseworker and the rest of the team see your answers. A person decides, never a computer."
        ),
    ]
    if health:
        lines.append(
            _(
                "At the end you may also tell about health. Only advisers with a special "
                "right see that, and you can delete it again."
            )
        )
    return lines


def reasons_told(screening: Screening, locale: str, *, sees_health: bool) -> list[str]:
    """Why a person looks at her answers, in the words that she reads; those that rest on health
    only for staff with the right.
    """
    flags = [
        flag
        for flag in flag_queries.list_own_flags(screening.citizen_id)
        if flag.screening_id == screening.id and not flag.reviews
    ]
    shown = [flag for flag in flags if sees_health or flag.rule not in catalogue.HEALTH_RULES]
    codes = dict.fromkeys(code for flag in shown for code in flag.params.get("reasons", ()))
    return [words for code in codes if (words := catalogue.reason_text(code, locale, "you"))]


def result(citizen_id: UUID, screening: Screening, locale: str) -> Result:
    """The citizen's result page. Reasons are her own answers in plain words; never points."""
    mine = flag_queries.list_own_flags(citizen_id)
    flags = [flag for flag in mine if flag.screening_id in (screening.id, None)]
    codes = list(dict.fromkeys(code for flag in flags for code in flag.params.get("reasons", ())))
    routes = {flag.route for flag in flags}
    decisions = [
        DecisionLine(review.id, review.choice, review.decided_at, review.seen_at is None)
        for flag in mine
        for review in flag.reviews
    ]
    return Result(
        reasons=tuple(
            words
            for code in codes
            if code != "random" and (words := catalogue.reason_text(code, locale, "you"))
        ),
        is_by_points=routes == {Route.POINTS},
        is_random=Route.RANDOM in routes,
        is_unclear=not flags and flag_queries.is_unclear(screening.id, citizen_id),
        is_open=any(not flag.reviews for flag in flags),
        has_health=bool(round_queries.own_health_rows(citizen_id)),
        wants_interpreter=queries.answers_of(screening).get("lang", "da") != "da",
        replies=tuple(reply for flag in flags for reply in flag.replies),
        decisions=tuple(sorted(decisions, key=lambda line: line.decided_at, reverse=True)),
    )


def flag_page(flag: Flag, citizen: Citizen, *, locale: str, sees_health: bool) -> FlagPage:
    """Everything a caseworker needs to decide: her answers in both languages, what speaks for and
    against, what came before.
    """
    screening = queries.find_screening_by_id(flag.screening_id)
    health = queries.health_answers(screening.id) if screening and sees_health else {}
    codes = flag.params.get("reasons", [])
    own = screening.locale if screening else citizen.locale
    suggested = next(
        (rule.offer for rule in catalogue.need_rules() if rule.code in codes), "follow-up"
    )
    return FlagPage(
        flag=flag,
        citizen=citizen,
        own_locale=own,
        reasons=tuple(
            words for code in codes if (words := catalogue.reason_text(code, locale, "staff"))
        ),
        counter=tuple(
            words
            for code in flag.params.get("counter", ())
            if (words := catalogue.counter_text(code, locale))
        ),
        missing=_missing(screening, locale),
        evidence=tuple(_evidence(screening, health, codes, own)) if screening else (),
        earlier=tuple(flag_queries.earlier_reviews(citizen.id, flag.id, sees_health=sees_health)),
        version=flag.params.get("score", ""),
        suggested=suggested,
        has_health=bool(health),
        answered_at=screening.finished_at if screening else None,
    )


def _missing(screening: Screening | None, locale: str) -> tuple[str, ...]:
    if screening is None:
        return ()
    answers = round_queries.standing_answers(screening)
    asked = rules.asked(catalogue.questionnaire().core, answers)
    return tuple(
        catalogue.question_text(question.key, locale).ask
        for question in asked
        if question.key not in answers
    )


def _evidence(
    screening: Screening, health: Mapping[str, Any], codes: list[str], own: str
) -> list[Evidence]:
    """Answered questions, those that raised the flag first."""
    own_round, earlier = queries.answers_of(screening), round_queries.earlier_answers(screening)
    skipped = queries.touched(screening) - set(own_round)
    answers = {
        **{key: value for key, value in health.items() if value is not None},
        **rules.standing(earlier, own_round, skipped),
    }
    told = {rule.question for rule in catalogue.need_rules() if rule.code in codes} | {
        "goal_occ" if code == rules.DEMAND else code for code in codes
    }
    lines = [
        Evidence(
            catalogue.question_text(question.key, "da").ask,
            tuple(catalogue.answer_words(question, answers[question.key], "da")),
            catalogue.question_text(question.key, own).ask,
            tuple(catalogue.answer_words(question, answers[question.key], own)),
            question.key in told,
            tuple(catalogue.answer_words(question, earlier[question.key], "da"))
            if is_another(question.key, earlier, own_round)
            else (),
        )
        for question in catalogue.questionnaire().questions
        if question.key in answers
    ]
    return sorted(lines, key=lambda line: (not line.is_reason, not line.before))


def suggested_kinds(locale: str) -> list[tuple[str, str]]:
    """(code, name) of the profile's meeting kinds, for the offer."""
    return [
        (kind.code, notices.kind_name(kind.code, locale))
        for kind in current_profile().meeting_kinds
    ]
