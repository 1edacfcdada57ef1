"""The questionnaire, its words, the rules of needs and the score, read from content/screening/."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jobunivers.labour_market import catalogue as occupations
from jobunivers.screening import rules
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
    ScoreLine,
    ScoreVersion,
)
from jobunivers.shared import i18n
from jobunivers.shared.content import CONTENT, ContentError, digest, line_of, read_yaml

FOLDER = CONTENT / "screening"
QUESTIONS = FOLDER / "questions.yaml"
MODULES = FOLDER / "modules.yaml"
ROUNDS = FOLDER / "rounds.yaml"
LANGUAGES = ("da", "en", "uk")
CURRENT_SCORE = "v0"
HEALTH_RULES = (
    "adjustments",
)  # needs that rest on health answers: shown only to staff with the right


@lru_cache
def rounds() -> Rounds:
    """The later rounds. Raises ContentError for a question that does not exist or is about health,
    and for windows out of order.
    """
    data, first = read_yaml(ROUNDS), _start()
    found = tuple(Round(**{**row, "questions": tuple(row["questions"])}) for row in data["rounds"])
    for one in found:
        asked = [first.find(key) for key in one.questions]
        if None in asked or any(question.is_health for question in asked if question):
            raise ContentError(
                ROUNDS,
                f"{one.landmark}: unknown question, or one about health",
                line_of(ROUNDS, f"landmark: {one.landmark}"),
            )
    weeks = [week for one in found for week in (one.from_week, one.until_week)]
    if weeks != sorted(weeks) or len({START, *(one.landmark for one in found)}) != len(found) + 1:
        raise ContentError(ROUNDS, "rounds must follow each other, each with a landmark of its own")
    return Rounds(data["fresh_days"], data["invite_weeks"], found)


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
def _start() -> Questionnaire:
    """The first round. Raises ContentError with the question that is wrong."""
    data = read_yaml(QUESTIONS)
    branch_of = {key: branch for branch, keys in data["branches"].items() for key in keys}
    order = [*data["core"], *branch_of]
    if set(order) != set(data["questions"]) or len(order) != len(set(order)):
        raise ContentError(QUESTIONS, "core and branches must name each question once")
    questions = tuple(
        _question(key, data["questions"][key], branch_of.get(key, "")) for key in order
    )
    words = json.dumps([_texts(code) for code in LANGUAGES], sort_keys=True, default=str)
    return Questionnaire(
        data["landmark"],
        data["minutes"],
        questions,
        digest(json.dumps(data, sort_keys=True, default=str) + words),
    )


def _question(key: str, row: dict[str, Any], branch: str) -> Question:
    answers, items = tuple(row.get("answers", ())), tuple(row.get("items", ()))
    ask_when, skip_when = (
        {other: tuple(codes) for other, codes in row.get(name, {}).items()}
        for name in ("ask_when", "skip_when")
    )
    if any(not isinstance(code, str) for code in (*answers, *items)):
        raise ContentError(
            QUESTIONS, f"{key}: answers must be texts; put yes and no in quotation marks"
        )
    return Question(
        key,
        Kind(row["kind"]),
        row["route"],
        branch,
        answers,
        items,
        row.get("most"),
        row.get("alone"),
        ask_when,
        skip_when,
    )


@lru_cache
def _texts(code: str) -> dict[str, Any]:
    path = FOLDER / f"texts.{code}.yaml"
    data: dict[str, Any] = read_yaml(path)
    for key, row in read_yaml(QUESTIONS)["questions"].items():
        wanted = (
            set() if row["kind"] in ("language", "occupations") else set(row.get("answers", ()))
        )
        words = data["questions"].get(key) or {}
        given = words.get("answers") or {}
        if (
            not words.get("ask")
            or not words.get("why")
            or wanted - {k for k, v in given.items() if v}
        ):
            raise ContentError(path, f"{key}: words are missing or misspelt")
        if unknown := set(words) - {"ask", "why", "hint", "answers", "items"}:
            raise ContentError(path, f"{key}: not understood: {', '.join(map(str, unknown))}")
    return data


def texts(code: str) -> dict[str, Any]:
    """All words of one language; Danish for a language we have none in."""
    return _texts(code if code in LANGUAGES else "da")


@lru_cache
def question_text(key: str, code: str) -> QuestionText:
    """The words of a question. `who` says who sees the answer."""
    question, data = questionnaire().find(key), texts(code)
    words = data["questions"][key]
    who = data["who_health"] if question and question.is_health else data["who"]
    said = (words["ask"], words.get("hint", ""), words.get("answers", {}), words.get("items", {}))
    return QuestionText(
        words["ask"],
        words["why"],
        who,
        said[1],
        said[2],
        said[3],
        digest(json.dumps(said, sort_keys=True, ensure_ascii=False)),
    )


def reason_text(code: str, locale: str, reader: str) -> str:
    """A reason in words: `reader` is "you" (the citizen) or "staff"."""
    return str(texts(locale)["reasons"][code][reader]) if code in texts(locale)["reasons"] else ""


def counter_text(code: str, locale: str) -> str:
    """A reason against, for staff."""
    return str(texts(locale)["counter"].get(code, ""))


@lru_cache
def need_rules() -> tuple[NeedRule, ...]:
    """Route A in order. Raises ContentError when a rule names an unknown question or answer."""
    path = FOLDER / "needs.yaml"
    found = tuple(NeedRule(**{**row, "answers": tuple(row["answers"])}) for row in read_yaml(path))
    for rule in found:
        question = questionnaire().find(rule.question)
        if question is None or not set(rule.answers) <= set(question.answers):
            raise ContentError(path, f"{rule.code}: unknown question or answer")
    return found


@lru_cache
def module_rules() -> tuple[ModuleRule, ...]:
    """Answers that suggest lesson modules. Raises ContentError for an unknown question or answer, a
    question about health, or a missing language.
    """
    found = tuple(
        ModuleRule(row["question"], tuple(row["answers"]), row["module"], row["reason"])
        for row in read_yaml(MODULES)
    )
    for rule in found:
        question, line = (
            questionnaire().find(rule.question),
            line_of(MODULES, f"question: {rule.question}"),
        )
        if question is None or not set(rule.answers) <= set(question.answers):
            raise ContentError(MODULES, f"{rule.question}: unknown question or answer", line)
        if question.is_health:
            raise ContentError(
                MODULES, f"{rule.question}: answers about health suggest nothing", line
            )
        if missing := [code for code in LANGUAGES if not rule.reason.get(code)]:
            raise ContentError(
                MODULES, f"{rule.question}: the reason is missing in {', '.join(missing)}", line
            )
    return found


@lru_cache
def score_version(version: str = CURRENT_SCORE) -> ScoreVersion:
    """A score by its version; old versions stay, so that logged points can be computed again.
    Raises ContentError for a forbidden factor.
    """
    path = FOLDER / f"score-{version}.yaml"
    data = read_yaml(path)
    lines = tuple(ScoreLine(**row) for row in data["lines"])
    if bad := {line.factor for line in lines} & rules.FORBIDDEN_FACTORS:
        raise ContentError(path, f"never inputs of a score: {', '.join(sorted(bad))}")
    unclear = data["unclear"]
    return ScoreVersion(
        version=data["version"],
        date=data["date"],
        lines=lines,
        ageing_per_week=data["ageing_per_week"],
        missing_limit=unclear["missing"],
        within_points=unclear["within_points"],
        contradictions=tuple(unclear["contradictions"]),
    )


def how_we_screen(locale: str) -> list[dict[str, str]]:
    """Each factor of the score for /how-we-screen: name, direction(s) in words, source. No numbers:
    the page shows none.
    """
    words = texts(locale)["factors"]
    version = score_version()
    source = {line.factor: line.source for line in version.lines}
    return [
        {
            "name": words[f]["name"],
            "more": words[f]["more"],
            "less": words[f].get("less", ""),
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
