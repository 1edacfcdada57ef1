"""Flask-Login's question: who is this session? And the one place where a session begins."""

from dataclasses import replace
from uuid import UUID

from flask import g, request, session
from flask_login import login_user

from jobunivers.identity import ports as people
from jobunivers.identity import queries, services
from jobunivers.identity.rules import device_words
from jobunivers.identity.session_http import ACTING_FOR_KEY, METHOD_KEY, StoredSession
from jobunivers.identity.types import AuthMethod, LogInEvent, Viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound


def load_viewer(user_id: str) -> Viewer | None:
    """The person of a session; None when the log-in was disabled since."""
    try:
        person = queries.find_viewer(
            UUID(user_id),
            clock.today(),
            acting_for=_acting_for(),
            by_mail=session.get(METHOD_KEY) == AuthMethod.EMAIL_LINK.value,
        )
    except ValueError:
        return None
    if person is not None and person.is_helper and person.citizen_id is not None:
        person = replace(person, helps_name=people.name_of(person.citizen_id))
    g.viewer = person
    return person


def _acting_for() -> UUID | None:
    chosen = session.get(ACTING_FOR_KEY)
    return UUID(str(chosen)) if chosen else None


def sign_in(user_id: UUID, method: AuthMethod) -> Viewer:
    """Begins a session for this person on this device: every way in ends here.

    Nothing of what the browser carried before comes along (no fixation), and the token is new even
    when the same person logs in again.
    Raises NotFound when the log-in is disabled.
    """
    session.clear()
    current = session._get_current_object()  # type: ignore[attr-defined]
    if isinstance(current, StoredSession):
        current.renewed = True
    session[METHOD_KEY] = method.value
    person = load_viewer(str(user_id))
    if person is None:
        raise NotFound
    with write():
        device = device_words(str(request.user_agent))
        services.note_event(user_id, LogInEvent.IN, method=method.value, device=device)
    login_user(person)
    g.pop("locale", None)
    return person
