"""What a decision says to the citizen, in the language of whoever reads it."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText, Purpose
from jobunivers.screening import catalogue, queries, rules
from jobunivers.screening.models import Screening
from jobunivers.screening.types import Choice
from jobunivers.shared import i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.web import path_to

DECISION = "decision"
TYPED = "screening.typed"
ROUND = "screening.round"


def register() -> None:
    """Makes the notices known (wiring.py)."""
    notices.register(DECISION, render_decision)
    notices.register(ROUND, render_round, purpose=Purpose.INVITATION)
    notices.register(TYPED, render_typed, on_paper=render_typed_on_paper)


def render_decision(params: dict[str, Any], locale: str) -> NoticeText:
    """The notice of kind "decision": what was decided, the caseworker's own words as she wrote
    them, and until when to choose a time.
    """
    text = decision_text(
        Choice(params["choice"]),
        locale,
        kind=params.get("kind"),
        later_on=params.get("later_on"),
        reason=params.get("reason"),
    )
    parts = [text.body, params.get("message")]
    if params.get("deadline_on"):
        parts.append(
            _(
                "Please choose a time by %(day)s.",
                day=i18n.day(date.fromisoformat(params["deadline_on"]), locale),
            )
        )
        parts.append(
            _(
                "If you cannot, tell us or call us. Nothing happens by itself when the "
                "day passes: one of us will call you."
            )
        )
    return NoticeText(
        text.title,
        "\n\n".join(part for part in parts if part),
        path_to("screening.show_decision", review_id=params["review"]),
    )


def render_round(params: dict[str, Any], _locale: str) -> NoticeText:
    """The questions come again. Voluntary; by phone too."""
    ask = ngettext(
        "Some time has passed since you answered our questions about help. Has anything "
        "changed? It takes about %(num)s minute.",
        "Some time has passed since you answered our questions about help. Has anything "
        "changed? It takes about %(num)s minutes.",
        params["minutes"],
    )
    free = _(
        "It is voluntary, and it has no effect on your benefit. If nothing has changed, "
        "one tap is enough. You can also call us, and we do it together."
    )
    return NoticeText(
        _("Has anything changed?"), f"{ask}\n\n{free}", path_to("screening.show_start")
    )


def render_typed(params: dict[str, Any], locale: str) -> NoticeText:
    """Somebody typed her answers in, together with her. The answers stand behind the link, where
    she can correct them or take them back.
    """
    return NoticeText(
        _("Your answers are written down"),
        "\n\n".join(
            (_typed_on(params, locale), _("You can read, correct or take back each answer."))
        ),
        path_to("screening.show_answers"),
    )


def render_typed_on_paper(params: dict[str, Any], locale: str) -> NoticeText:
    """The same for somebody who gets paper: with the answers as they stand when it is printed.
    Answers about health are not printed.
    """
    screening = queries.find_screening_by_id(UUID(params["screening"]))
    told = [] if screening is None else told_lines(screening, locale)
    close = (
        _("Answers about health do not stand in this letter."),
        _(
            "Is something wrong, or do you want to take an answer back? Call us, and we "
            "do it together. It has no effect on your benefit."
        ),
    )
    return NoticeText(
        _("Your answers are written down"), "\n\n".join((_typed_on(params, locale), *told, *close))
    )


def _typed_on(params: dict[str, Any], locale: str) -> str:
    day = i18n.day(date.fromisoformat(params["on"]), locale)
    return str(
        _(
            "On %(day)s you answered our questions. %(name)s typed the answers in, together with you.",
            day=day,
            name=params["by"],
        )
    )


def told_lines(screening: Screening, locale: str) -> list[str]:
    """Question and answer on two lines each, without health and without what was skipped."""
    answers = queries.answers_of(screening)
    return [
        f"{catalogue.question_text(question.key, locale).ask}\n"
        + ", ".join(catalogue.answer_words(question, answers[question.key], locale))
        for question in catalogue.questionnaire(screening.landmark).questions
        if question.key in answers
    ]


def decision_text(
    choice: Choice,
    locale: str,
    *,
    kind: str | None,
    later_on: date | str | None,
    reason: str | None = None,
) -> NoticeText:
    """Title and sentences of a choice. `kind` is a meeting kind of the profile, `later_on` the day
    of an offer that comes later; `reason` is said where the suggested offer is not given.
    """
    words = catalogue.texts(locale).decisions[choice.value]
    day = date.fromisoformat(later_on) if isinstance(later_on, str) else later_on
    values = {"kind": kind_name(kind, locale), "day": i18n.day(day, locale) if day else ""}
    parts = [words.body % values]
    if rules.needs_reason(choice) and reason:
        parts.append(catalogue.texts(locale).because.get(reason, ""))
    return NoticeText(words.title, " ".join(part for part in parts if part))


def kind_name(code: str | None, locale: str) -> str:
    """A meeting kind's name; its code when the profile no longer has it."""
    profile = current_profile()
    try:
        return profile.text(profile.kind(code or "").name, locale)
    except KeyError:
        return code or ""
