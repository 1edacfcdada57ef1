"""Languages: which there are, which one this reader gets, and dates and numbers in it."""

import contextlib
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel import Locale, support
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Response, current_app, g, has_request_context, request
from flask_babel import Domain, force_locale
from flask_login import current_user
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from jobunivers.shared import clock, helper_words
from jobunivers.shared.languages import DEFAULT_LOCALE as DEFAULT_LOCALE
from jobunivers.shared.languages import TRANSLATIONS as TRANSLATIONS
from jobunivers.shared.languages import locales as locales

SOURCE_LOCALE = (
    "en"  # msgids are English; its catalogue repeats them, unless an editor words one otherwise
)
LANGUAGE_COOKIE = "ju_lang"
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600
_spoken: ContextVar[str | None] = ContextVar(
    "spoken", default=None
)  # inside `speaking`, also for dates


@lru_cache
def own_name(code: str) -> str:
    """The language's name in itself: dansk, English, українська."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def name_of(code: str) -> str:
    """The language's name in the reader's own: 'ukrainsk', 'українська'."""
    return str(Locale.parse(code).get_display_name(_lang(None)) or code)


def choose_locale() -> str:
    """The reader's language: chosen in settings, else cookie, else the browser's wish, else Danish."""
    if not has_request_context():
        return DEFAULT_LOCALE
    kept = g._get_current_object()
    if "locale" not in kept:
        known = current_app.config["LOCALES"]
        wish = getattr(current_user, "locale", None) or request.cookies.get(LANGUAGE_COOKIE)
        kept.locale = (
            wish if wish in known else request.accept_languages.best_match(known, DEFAULT_LOCALE)
        )
    return str(kept.locale)


def keep_language(response: Response, code: str) -> Response:
    """Remembers the language in this browser for a year."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=LANGUAGE_COOKIE_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=secure,
    )
    return response


@lru_cache
def text_direction(code: str) -> str:
    """'ltr' or 'rtl'."""
    return Locale.parse(code).text_direction


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is rendered in that language (mail, letters, PDF)."""
    token = _spoken.set(code)
    try:
        with force_locale(code):
            yield
    finally:
        _spoken.reset(token)


def day(value: date | datetime, code: str | None = None, *, year: bool | None = None) -> str:
    """'tirsdag 24. november' in the reader's language; instants are shown on a Danish clock.
    Without a word about it, the year stands when it is not this year.
    """
    value = clock.danish_day(value) if isinstance(value, datetime) else value
    year = year if year is not None else value.year != clock.today().year
    return str(
        format_date(
            value,
            DAY_WITH_YEAR.get(_lang(code), "EEEE d MMMM y")
            if year
            else DAY.get(_lang(code), "EEEE d MMMM"),
            locale=_lang(code),
        )
    )


def time_of_day(value: datetime, code: str | None = None) -> str:
    """'9.30' in Danish, '9:30' elsewhere; always the 24-hour clock."""
    lang = _lang(code)
    return str(
        format_time(
            clock.local(value), CLOCK.get(lang, "H:mm"), tzinfo=clock.COPENHAGEN, locale=lang
        )
    )


def wall_time(minute: int) -> str:
    """The same for a minute of the day: 540 is '9.00'."""
    lang = _lang(None)
    return str(
        format_time(time(minute // 60 % 24, minute % 60), CLOCK.get(lang, "H:mm"), locale=lang)
    )


CLOCK = {"da": "H.mm"}


def days(first: date, last: date, code: str | None = None) -> str:
    """'7–13 December', '30 November – 6 December' in the reader's language."""
    pattern = DAY_AND_MONTH.get(_lang(code), "d MMMM")
    if (first.year, first.month) == (last.year, last.month):
        begin = format_date(first, pattern.removesuffix(" MMMM"), locale=_lang(code))
        return f"{begin}–{_day_and_month(last, pattern, code)}"
    return f"{_day_and_month(first, pattern, code)} – {_day_and_month(last, pattern, code)}"


def _day_and_month(value: date, pattern: str, code: str | None) -> str:
    is_this_year = value.year == clock.today().year
    pattern = pattern if is_this_year else f"{pattern} y"
    return str(format_date(value, pattern, locale=_lang(code)))


DAY_AND_MONTH = {"da": "d. MMMM"}
DAY = {"da": "EEEE 'den' d. MMMM"}
DAY_WITH_YEAR = {"da": "EEEE 'den' d. MMMM y"}


def _lang(code: str | None) -> str:
    return code or _spoken.get() or choose_locale()


def words_of_request() -> Any:
    """The catalogue of the language spoken just now; for a helper the one that speaks of the person
    whom she helps. Mails and letters (`speaking`) are always for the person herself.
    """
    spoken = _spoken.get()
    if spoken is None and _is_read_by_a_helper():
        return _catalogue_of_her(choose_locale())
    return _catalogue(spoken or choose_locale())


def _is_read_by_a_helper() -> bool:
    person = g.get("viewer") if has_request_context() else None
    return person is not None and person.is_helper and request.blueprint not in ABOUT_THE_READER


ABOUT_THE_READER = ("identity", "log_ins")  # pages on which "you" is whoever has logged in


class WordsOfHer:
    """A catalogue that says of a person what the other one says to her."""

    def __init__(self, words: Any) -> None:
        self.words = words

    def ugettext(self, text: str) -> str:
        """The text for a helper, or the only one there is."""
        return str(self.words.ugettext(helper_words.TO_HERSELF_OF_HER.get(text, text)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.words, name)


@lru_cache
def _catalogue_of_her(code: str) -> Any:
    return WordsOfHer(_catalogue(code))


@lru_cache
def _catalogue(code: str) -> Any:
    return support.Translations.load(TRANSLATIONS, [code])


class Words(Domain):  # type: ignore[misc]
    """The texts of the house for Python. Flask-Babel's own domain would look for the language anew
    at every text, at a tenth of a page's time.
    """

    def get_translations(self) -> Any:
        return words_of_request()


def speak_in_templates(environment: Environment) -> None:
    """Gives templates their `_`, `gettext` and `ngettext`, with placeholders filled and, in HTML,
    escaped.
    """

    @pass_eval_context
    def gettext(settings: EvalContext, text: str, /, **values: Any) -> str:
        found = words_of_request().ugettext(text)
        found = Markup(found) if settings.autoescape else found  # noqa: S704 - texts of the house; values are escaped
        return found % values if values or "%" in found else found

    @pass_eval_context
    def ngettext(settings: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
        found = words_of_request().ungettext(one, many, number)
        found = Markup(found) if settings.autoescape else found  # noqa: S704
        return found % {"num": number, **values}

    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)


def compile_catalogues(root: Path = TRANSLATIONS) -> list[Path]:
    """Writes each .mo that is missing or older than its .po; returns those written."""
    written = []
    for po in sorted(root.glob("*/LC_MESSAGES/messages.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        temporary = mo.with_name(
            f"{uuid4().hex}.tmp"
        )  # of its own: processes that start together do not take each other's file away
        with temporary.open("wb") as target:
            write_mo(target, catalogue)
        temporary.replace(mo)
        written.append(mo)
    return written


def language_list(codes: Sequence[str]) -> list[tuple[str, str]]:
    """(code, name in its own script) for the language switch."""
    return [(code, own_name(code)) for code in codes]
