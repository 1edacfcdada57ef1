"""A message as it is typed."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from jobunivers.shared.forms import LONG, BaseForm, at_most, required


class MessageForm(BaseForm):
    """A text to the other side. `key` makes a form that is sent twice one message."""

    key = HiddenField()
    body = TextAreaField(
        _l("Your message"), [required(_l("Write your message first.")), at_most(LONG)]
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        try:
            UUID(self.key.data or "")
        except ValueError:
            self.key.data = str(uuid4())

    def text(self) -> str:
        """What was typed, without outer space."""
        return self.body.data or ""
