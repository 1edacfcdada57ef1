"""Did a lesson help, and mistakes in its text: for everybody, without a log-in, and nobody is
named.
"""

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import current_owner_id, public
from jobunivers.learning import catalogue, queries, services
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.learning.forms import MistakeForm
from jobunivers.learning.types import Helped, Lesson, Module, Text
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.forms import options
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.vault import fingerprint
from jobunivers.shared.web import go_to, invalid, page, saved

bp = Blueprint("lesson_feedback", __name__)
MOST_A_DAY = 60
LESSON, BLOCK, MISTAKE = "learning/lesson.html", "lesson_feedback", "learning/mistake.html"


@bp.post("/<module>/<lesson>/helped")
@public
def say_whether_it_helped(module: str, lesson: str) -> ResponseReturnValue:
    """One tap: yes, a little, no."""
    found = catalogue.get_lesson(module, lesson)
    if request.form.get("answer") not in list(Helped):
        abort(422, _("Choose one of the answers."))
    answer, sender = Helped(request.form["answer"]), _sender()
    with write():
        services.say_whether_it_helped(
            found[1], _text(found), answer, sender=sender, now=clock.now()
        )
    here = url_for(
        "learning.show_lesson", module=module, lesson=lesson, said=answer, _anchor="did-it-help"
    )
    return saved(LESSON, BLOCK, fallback=here, module=found[0], lesson=found[1], said=answer)


@bp.get("/<module>/<lesson>/mistake")
@public
def show_mistake_form(module: str, lesson: str) -> ResponseReturnValue:
    """Asks in which paragraph the mistake is; with `paragraph` it is picked already."""
    found = catalogue.get_lesson(module, lesson)
    return page(
        MISTAKE, form=_form(found, paragraph=request.args.get("paragraph")), **_words(found)
    )


@bp.post("/<module>/<lesson>/mistake")
@public
def report_mistake(module: str, lesson: str) -> ResponseReturnValue:
    """Stores the paragraph with language and version for the editor."""
    found = catalogue.get_lesson(module, lesson)
    form = _form(found)
    if not form.submitted():
        return invalid(MISTAKE, form=form, **_words(found))
    if form.version.data != _text(found).content_hash:
        form.version.data = _text(found).content_hash
        form.paragraph.errors = [
            _("The text was changed just now. Look whether the mistake is still there.")
        ]
        return invalid(MISTAKE, form=form, **_words(found))
    sender, paragraph = _sender(), int(form.paragraph.data)
    with write():
        services.report_mistake(
            found[1],
            _text(found),
            paragraph,
            note=form.note.data or "",
            sender=sender,
            now=clock.now(),
        )
    return go_to(
        url_for(
            "learning.show_lesson",
            module=module,
            lesson=lesson,
            said="mistake",
            _anchor="did-it-help",
        )
    )


def _form(found: tuple[Module, Lesson], **defaults: str | None) -> MistakeForm:
    form = MistakeForm.from_request(version=_text(found).content_hash, **defaults)
    form.paragraph.choices = options(
        (str(number), f"{number + 1}. {_short(block.text)}")
        for number, block in enumerate(_text(found).blocks)
    )
    return form


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _words(found: tuple[Module, Lesson]) -> dict[str, Any]:
    return {"module": found[0], "lesson": found[1], "text": _text(found)}


def _text(found: tuple[Module, Lesson]) -> Text:
    """The text as this reader sees it."""
    return found[1].text(sign_offs.reading_language(*found, choose_locale()))


def _sender() -> str:
    """A mark that tells double taps of one day, and no more. Too much from one sender is 429."""
    who = str(current_owner_id() or request.remote_addr or "")
    sender = fingerprint(f"sender:{clock.today()}:{who}")
    if queries.count_said_today(sender) >= MOST_A_DAY:
        abort(429)
    return sender
