"""The questionnaire, its words, the rules of needs and the score, read from content/screening/."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jobunivers.labour_market import catalogue as occupations
from jobunivers.labour_market.types import Demand
from jobunivers.screening import rules
from jobunivers.screening.file_types import (
    QuestionRow,
    QuestionSheet,
    RoundSheet,
    ScoreSheet,
    WordSheet,
)
from jobunivers.screening.types import (
    EARLIER,
    START,
    Kind,
    ModuleRule,
    NeedRule,
    Question,
    Questionnaire,
    QuestionText,
    Round,
    Rounds,
    ScoreVersion,
)
from jobunivers.shared import i18n, schema
from jobunivers.shared.content import CONTENT, ContentError, digest, faults_of, sheet
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.data_types import DANISH, languages
from jobunivers.shared.profile import Profile
from jobunivers.shared.schema import Complaint

FOLDER = CONTENT / "screening"
QUESTIONS = FOLDER / "questions.yaml"
MODULES = FOLDER / "modules.yaml"
ROUNDS = FOLDER / "rounds.yaml"
NEEDS = FOLDER / "needs.yaml"
HEALTH = "health"
CURRENT_SCORE = "v0"
FILES = (
    DataFile("screening/questions.yaml", QuestionSheet),
    DataFile("screening/rounds.yaml", RoundSheet),
    DataFile("screening/needs.yaml", NeedRule, "rows"),
    DataFile("screening/modules.yaml", ModuleRule, "rows"),
    DataFile("screening/score-*.yaml", ScoreSheet),
    DataFile("screening/texts.*.yaml", WordSheet),
)
HEALTH_RULES = (
    "adjustments",
)  # needs that rest on health answers: shown only to staff with the right


@lru_cache
def rounds() -> Rounds:
    """The later rounds. Raises ContentError for a question that does not exist or is about health,
    and for windows out of order.
    """
    data = schema.read(RoundSheet, sheet(ROUNDS), _round_faults)
    return Rounds(data.fresh_days, data.invite_weeks, data.rounds)


def _round_faults(data: RoundSheet) -> Iterator[Complaint]:
    plain = [question.key for question in _start().questions if not question.is_health]
    ended, seen = -1, {START}
    for number, one in enumerate(data.rounds):
        place = ("rounds", number)
        yield from schema.unknown((*place, "questions"), one.questions, plain)
        if not ended < one.from_week <= one.until_week:
            yield place, f"must begin after week {ended} and end after it has begun"
        if one.landmark in seen:
            yield (*place, "landmark"), f"{one.landmark} stands here twice"
        ended, seen = one.until_week, seen | {one.landmark}


def find_round(landmark: str) -> Round | None:
    """A later round; None for the first one and for a round that the file no longer has."""
    return next((one for one in rounds().after_start if one.landmark == landmark), None)


@lru_cache
def questionnaire(landmark: str = START) -> Questionnaire:
    """The questionnaire of a round: what it asks again is its core, health stays a branch,
    everything else stands under "earlier".
    """
    first, one = _start(), find_round(landmark)
    if one is None:
        return first
    core = [replace(question, branch="") for key in one.questions if (question := first.find(key))]
    rest = [
        question if question.is_health else replace(question, branch=EARLIER)
        for question in first.questions
        if question.key not in one.questions
    ]
    return Questionnaire(landmark, one.minutes, (*core, *rest), digest(f"{first.version} {one}"))


@lru_cache
def _sheet() -> tuple[QuestionSheet, str]:
    source = sheet(QUESTIONS)
    data = schema.read(QuestionSheet, source, _question_faults)
    return data, json.dumps(source.data, sort_keys=True, default=str)


def _question_faults(data: QuestionSheet) -> Iterator[Complaint]:
    order = [*data.core, *(key for keys in data.branches.values() for key in keys)]
    yield from schema.unknown(("core",), order, data.questions)
    for key in data.questions:
        if order.count(key) != 1:
            yield (
                ("questions", key),
                f"must stand once in core or branches, not {order.count(key)} times",
            )
    for key, row in data.questions.items():
        place = ("questions", key)
        for message in _shape_faults(row, is_health=key in data.branches.get(HEALTH, ())):
            yield place, message
        if row.alone:
            yield from schema.unknown((*place, "alone"), [row.alone], row.answers)
        for name, when in (("ask_when", row.ask_when), ("skip_when", row.skip_when)):
            yield from schema.unknown((*place, name), when, data.questions)
            for other in set(when) & set(data.questions):
                known = data.questions[other].answers
                yield from schema.unknown((*place, name, other), when[other], known)


def _shape_faults(row: QuestionRow, *, is_health: bool) -> Iterator[str]:
    if not row.answers and row.kind is not Kind.OCCUPATIONS:
        yield "has no answers"
    if (row.kind is Kind.GRID) != bool(row.items):
        yield "has items if, and only if, it is a grid"
    if is_health != (row.route == "A-health"):
        yield "has the route A-health if, and only if, it stands in the health branch"


@lru_cache
def _start() -> Questionnaire:
    """The first round. Raises ContentError with the question that is wrong."""
    data, written = _sheet()
    branch_of = {key: branch for branch, keys in data.branches.items() for key in keys}
    questions = tuple(
        Question(key=key, branch=branch_of.get(key, ""), **vars(data.questions[key]))
        for key in (*data.core, *branch_of)
    )
    words = json.dumps([_words(code)[1] for code in spoken()], sort_keys=True, default=str)
    return Questionnaire(data.landmark, data.minutes, questions, digest(written + words))


def spoken() -> tuple[str, ...]:
    """Languages that have words for the questionnaire."""
    return tuple(code for code in languages() if words_path(code).exists() or code == DANISH)


def words_path(code: str) -> Path:
    """The file of one language."""
    return FOLDER / f"texts.{code}.yaml"


@lru_cache
def _words(code: str) -> tuple[WordSheet, object]:
    source = sheet(words_path(code))
    return schema.read(WordSheet, source, _word_faults), source.data


def _word_faults(data: WordSheet) -> Iterator[Complaint]:
    rows = _sheet()[0].questions
    for key in data.questions:
        yield from schema.unknown(("questions", key), [key], rows)
    for key, row in rows.items():
        if (words := data.questions.get(key)) is None:
            yield ("questions",), f"lacks {key}"
            continue
        named = row.kind in (Kind.LANGUAGE, Kind.OCCUPATIONS)  # these have names of their own
        for part, given, codes in (
            ("answers", words.answers, () if named else row.answers),
            ("items", words.items, row.items),
        ):
            place = ("questions", key, part)
            if missing := [each for each in codes if each not in given]:
                yield place, f"lacks words for {', '.join(missing)}"
            yield from schema.unknown(place, given, row.answers if part == "answers" else codes)


def texts(code: str) -> WordSheet:
    """All words of one language; Danish for a language we have none in."""
    return _words(code if code in spoken() else DANISH)[0]


@lru_cache
def question_text(key: str, code: str) -> QuestionText:
    """The words of a question. `who` says who sees the answer."""
    question, data = questionnaire().find(key), texts(code)
    words = data.questions[key]
    who = data.who_health if question and question.is_health else data.who
    said = (words.ask, words.hint, words.answers, words.items)
    return QuestionText(
        words.ask,
        words.why,
        who,
        words.hint,
        words.answers,
        words.items,
        digest(json.dumps(said, sort_keys=True, ensure_ascii=False)),
    )


def reason_text(code: str, locale: str, reader: str) -> str:
    """A reason in words: `reader` is "you" (the citizen) or "staff"."""
    words = texts(locale).reasons.get(code)
    return "" if words is None else words.you if reader == "you" else words.staff


def counter_text(code: str, locale: str) -> str:
    """A reason against, for staff."""
    return texts(locale).counter.get(code, "")


@lru_cache
def need_rules() -> tuple[NeedRule, ...]:
    """Route A in order. Raises ContentError when a rule names an unknown question or answer."""
    return schema.read_rows(NeedRule, sheet(NEEDS), schema.twice, _answer_faults)


def _answer_faults(rules: Iterable[NeedRule | ModuleRule]) -> Iterator[Complaint]:
    for number, rule in enumerate(rules):
        question = questionnaire().find(rule.question)
        if question is None:
            known = [each.key for each in questionnaire().questions]
            yield from schema.unknown((number, "question"), [rule.question], known)
        else:
            yield from schema.unknown((number, "answers"), rule.answers, question.answers)


@lru_cache
def module_rules() -> tuple[ModuleRule, ...]:
    """Answers that suggest lesson modules. Raises ContentError for an unknown question or answer,
    or a question about health.
    """
    return schema.read_rows(ModuleRule, sheet(MODULES), _answer_faults, _health_faults)


def _health_faults(rules: Iterable[ModuleRule]) -> Iterator[Complaint]:
    for number, rule in enumerate(rules):
        question = questionnaire().find(rule.question)
        if question and question.is_health:
            yield (number, "question"), f"{rule.question}: answers about health suggest nothing"


@lru_cache
def score_version(version: str = CURRENT_SCORE) -> ScoreVersion:
    """A score by its version; old versions stay, so that logged points can be computed again.
    Raises ContentError for a forbidden factor.
    """
    data = schema.read(ScoreSheet, sheet(FOLDER / f"score-{version}.yaml"), _score_faults)
    return ScoreVersion(
        version=data.version,
        date=data.date,
        lines=data.lines,
        ageing_per_week=data.ageing_per_week,
        missing_limit=data.unclear.missing,
        within_points=data.unclear.within_points,
        contradictions=data.unclear.contradictions,
    )


def _score_faults(data: ScoreSheet) -> Iterator[Complaint]:
    questions = {question.key: question.answers for question in _start().questions}
    known = questions | {"demand": tuple(Demand)}
    for number, line in enumerate(data.lines):
        place = ("lines", number)
        if line.factor in rules.FORBIDDEN_FACTORS:
            yield (*place, "factor"), f"{line.factor} is never an input of a score"
        elif line.factor not in known:
            yield from schema.unknown((*place, "factor"), [line.factor], known)
        else:
            yield from schema.unknown((*place, "answer"), [line.answer], known[line.factor])
            if (line.factor, line.answer) in rules.WITHOUT_POINTS and line.points:
                yield (
                    (*place, "points"),
                    f"{line.answer} of {line.factor} carries no points: it leads to help by itself",
                )


def judge(profile: Profile) -> None:
    """Raises ContentError for a need that offers a kind of meeting which the profile lacks."""
    kinds = [kind.code for kind in profile.meeting_kinds]
    found = [
        complaint
        for number, rule in enumerate(need_rules())
        for complaint in schema.unknown((number, "offer"), [rule.offer], kinds)
    ]
    if found:
        raise ContentError.of([schema.at_place(sheet(NEEDS), *one) for one in found])


def read_all() -> None:
    """Everything at once. Raises ContentError with all faults."""
    readers: list[Callable[[], object]] = [
        _start,
        rounds,
        need_rules,
        module_rules,
        score_version,
        *(partial(_words, code) for code in spoken()),
    ]
    faults = [fault for read in readers for fault in faults_of(read)]
    if faults:
        raise ContentError.of(faults)


def how_we_screen(locale: str) -> list[dict[str, str]]:
    """Each factor of the score for /how-we-screen: name, direction(s) in words, source. No numbers:
    the page shows none.
    """
    words = texts(locale).factors
    version = score_version()
    source = {line.factor: line.source for line in version.lines}
    return [
        {
            "name": words[f].name,
            "more": words[f].more,
            "less": words[f].less,
            "source": source[f],
        }
        for f in version.factors
    ]


def answer_words(question: Question, value: Any, locale: str) -> list[str]:
    """A stored answer as lines to read, in that language. An answer that is no longer offered is
    shown by its code.
    """
    words = question_text(question.key, locale)
    if question.kind is Kind.GRID:
        return [
            f"{words.items.get(item, item)}: {words.answers.get(code, code)}"
            for item, code in value.items()
        ]
    codes = value if isinstance(value, list) else [value]
    if question.kind is Kind.OCCUPATIONS:
        return [occupations.title(code, locale) for code in codes]
    return [_answer_label(question, words, code) for code in codes]


def _answer_label(question: Question, words: QuestionText, code: str) -> str:
    if question.kind is Kind.LANGUAGE and code not in words.answers:
        return i18n.own_name(code)
    return words.answers.get(code, code)


def options(question: Question, locale: str) -> list[tuple[str, str, str | None]]:
    """(code, label, language of the label when it is a language's own name) of each offered answer."""
    words = question_text(question.key, locale)
    is_language = question.kind is Kind.LANGUAGE
    return [
        (
            code,
            _answer_label(question, words, code),
            code if is_language and code not in words.answers else None,
        )
        for code in question.answers
    ]


def needs_in_words(locale: str) -> list[str]:
    """Route A for /how-we-screen: each need that leads to an offer by itself, in the citizen's
    words.
    """
    return [reason_text(rule.code, locale, "you") for rule in need_rules() if rule.raises]


def packed(value: Any) -> str:
    """A health answer as the text that is sealed; None is a skip."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def unpacked(text: str) -> Any:
    """The answer again."""
    return json.loads(text)
