"""E-mails: neutral subject, no personal content, the reader's language with the Danish text under
it.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from jobunivers.shared import i18n
from jobunivers.shared.template_context import profile_words


@dataclass(frozen=True)
class Attachment:
    """A file of a mail. For calendar files `mimetype` is "text/calendar" and `method` REQUEST or
    CANCEL.
    """

    filename: str
    content: bytes
    mimetype: str
    method: str = ""


@dataclass(frozen=True)
class Mail:
    """One e-mail, ready to leave."""

    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


def compose(
    template: str,
    locale: str,
    *,
    to: str = "",
    attachments: tuple[Attachment, ...] = (),
    **context: Any,
) -> Mail:
    """A mail from templates/messages/email/<template>.html and .txt, each extending layout/email.*:
    blocks `subject` and `content`.

    The content is rendered in `locale` and, when that is not Danish, once more in Danish below.
    """
    context = {"said": {}, "opens_at_once": False, "has_files": False, **context}
    codes = (locale,) if locale == i18n.DEFAULT_LOCALE else (locale, i18n.DEFAULT_LOCALE)
    html = [Markup(_block(f"{template}.html", "content", code, context)) for code in codes]  # noqa: S704 -- output of an autoescaped template
    text = [_block(f"{template}.txt", "content", code, context).strip() for code in codes]
    subject = " ".join(_block(f"{template}.html", "subject", locale, context).split())
    frame = {
        "subject": subject,
        "parts": list(zip(codes, html, text, strict=True)),
        **_words(locale),
    }
    with i18n.speaking(locale):
        return Mail(
            to=to,
            subject=str(Markup(subject).unescape()),  # noqa: S704
            text=render_template("messages/email/frame.txt", **frame).strip() + "\n",
            html=render_template("messages/email/frame.html", **frame),
            attachments=attachments,
        )


def _words(locale: str) -> dict[str, Any]:
    return {
        "locale": locale,
        "text_direction": i18n.text_direction(locale),
        "profile": profile_words(locale),
        "base_url": current_app.config["BASE_URL"],
    }


def _block(name: str, block: str, locale: str, context: dict[str, Any]) -> str:
    template = current_app.jinja_env.get_template(f"messages/email/{name}")
    with i18n.speaking(locale):
        return "".join(template.blocks[block](template.new_context({**_words(locale), **context})))
