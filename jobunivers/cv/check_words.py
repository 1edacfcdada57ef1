"""The checks of a CV in the reader's language: what is meant, what one can do, and why employers
ask for it.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.cv.rules import Check, shown_month


@dataclass(frozen=True)
class CheckText:
    """One check as it stands on the page. `advice` is empty when all is well; `part` names the part
    to change ("" when it is no single one).
    """

    code: str
    ok: bool
    title: str
    advice: str
    why: str
    part: str


def check_text(check: Check) -> CheckText:
    """The words for one check."""
    title, advice, why = WORDS[check.code](**check.found)
    return CheckText(
        check.code, check.ok, title, "" if check.ok else advice, why, PARTS.get(check.code, "")
    )


Words = tuple[str, str, str]


def _private() -> Words:
    return (
        _("No CPR number"),
        _("Something in the text looks like a CPR number. Take it out."),
        _(
            "An employer does not need it before you are hired, and it can be misused. "
            "Birth date, marital status and photo are up to you."
        ),
    )


def _contact() -> Words:
    return (
        _("Name, phone and e-mail"),
        _("Write your name, a phone number and an e-mail address at the top."),
        _(
            "An employer who wants to meet you usually rings. Without a number the CV cannot be answered."
        ),
    )


def _title() -> Words:
    return (
        _("The job you go for"),
        _("Write a job title under your name, for example your trade or the job you want."),
        _("The reader sees at once what you can be used for."),
    )


def _profile(lines: int) -> Words:
    if lines == 0:
        advice = _("Write three to five lines about who you are at work and what you want.")
    else:
        advice = ngettext(
            "It takes %(num)s line now. Shorten it to seven lines at most.",
            "It takes %(num)s lines now. Shorten it to seven lines at most.",
            lines,
        )
    return (
        _("A profile text of at most seven lines"),
        advice,
        _(
            "It is the first thing that is read. Danish advisers recommend six to seven "
            "lines at most, so that it is read to the end."
        ),
    )


def _order() -> Words:
    return (
        _("Newest first"),
        _("Put the newest job and the newest education first. You can move them with the arrows."),
        _("Danish employers expect to find what you did last at the top."),
    )


def _dates(title: str) -> Words:
    advice = (
        _("Write month and year, or only the year, at “%(title)s”.", title=title)
        if title
        else _("Write month and year, or only the year, at each job.")
    )
    return (
        _("A date at each job"),
        advice,
        _("Without dates the reader must guess, and often guesses wrong."),
    )


def _gap(begins: str = "", ends: str = "") -> Words:
    return (
        _("No long gap without an explanation"),
        _(
            "Nothing is written about the time from %(begins)s to %(ends)s. One calm "
            "line is enough: a course, parental leave, language school, looking for work.",
            begins=shown_month(begins),
            ends=shown_month(ends),
        ),
        _(
            "A gap is nothing to hide, but an empty space makes people wonder. You "
            "decide how much you tell. Illness need not be named."
        ),
    )


def _points(count: int) -> Words:
    if count == 0:
        advice = _(
            "Write three to five lines under your newest job: what you did and what came of it."
        )
    else:
        advice = ngettext(
            "There is %(num)s line under your newest job. Keep the five that matter most.",
            "There are %(num)s lines under your newest job. Keep the five that matter most.",
            count,
        )
    return (
        _("A few lines under the newest job"),
        advice,
        _("This is where an employer sees whether you can do the tasks in their workplace."),
    )


def _languages() -> Words:
    return (
        _("Your languages"),
        _("Write each language and how well you speak it, Danish too."),
        _(
            "The reader wants to know which language you can work in. “Can talk with "
            "customers” says more than a level."
        ),
    )


def _length(pages: int) -> Words:
    return (
        _("One to two pages when you send it"),
        _(
            "This takes %(pages)s pages. Keep it all here, and take out what does "
            "not matter for a job before you send it.",
            pages=pages,
        ),
        _(
            "Danish advisers recommend one to two pages, and for some jobs three. Here "
            "you may keep a full list of any length."
        ),
    )


def _signs(signs: str) -> Words:
    return (
        _("Signs that cannot be printed"),
        _("The PDF cannot show %(signs)s. Write it in words.", signs=" ".join(signs)),
        _("An employer would see an empty box, or nothing. Word files and plain text keep it."),
    )


WORDS: dict[str, Any] = {
    "private": _private,
    "contact": _contact,
    "title": _title,
    "profile": _profile,
    "order": _order,
    "dates": _dates,
    "gap": _gap,
    "points": _points,
    "languages": _languages,
    "length": _length,
    "signs": _signs,
}
PARTS = {
    "contact": "head",
    "title": "head",
    "profile": "profile",
    "dates": "experience",
    "points": "experience",
    "languages": "languages",
}
