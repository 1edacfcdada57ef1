"""The signed link to one meeting, for phones without log-in and for helpers. It says nothing about
the person and ends with the meeting.
"""

from datetime import datetime
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from jobunivers.booking import queries
from jobunivers.booking.types import MeetingLine
from jobunivers.shared import vault
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import whole_url

CODE_SIGNS = 12  # of a short link; a signed one is much longer


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(vault.signing_keys(), salt="meeting")


def token_for(meeting_id: UUID) -> str:
    """The token of a meeting; always the same, so that a printed link stays good."""
    return str(_serializer().dumps(meeting_id.hex))


def url_for_meeting(meeting_id: UUID) -> str:
    """The whole address, for letters, other phones and helpers."""
    return whole_url("booking_links.show", token=token_for(meeting_id))


def short_url_for_meeting(meeting_id: UUID) -> str:
    """The same for an SMS, where every sign counts; empty for a meeting that has no code."""
    code = queries.link_code_of(meeting_id)
    return whole_url("booking_links.show", token=code) if code else ""


def meeting_behind(token: str, now: datetime) -> MeetingLine | None:
    """The meeting; None once it is over. A token that is not ours is NotFound."""
    meeting = any_meeting_behind(token)
    return meeting if meeting.ends_at > now else None


def any_meeting_behind(token: str) -> MeetingLine:
    """The meeting, also when it is over. A token that is not ours is NotFound."""
    if len(token) == CODE_SIGNS:
        found = queries.find_meeting_by_code(token)
        if found is None:
            raise NotFound
        return found
    try:
        meeting_id = UUID(hex=_serializer().loads(token))
    except (BadSignature, ValueError, TypeError):
        raise NotFound from None
    return queries.get_meeting_by_id(meeting_id)
