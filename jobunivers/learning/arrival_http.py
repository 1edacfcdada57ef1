"""A link to a draft was opened: which one waits in a cookie of its own for ten minutes, until the
person says whether it is hers.

The link alone changes nothing on this device. Else whoever sends somebody a link to a draft of his
own could read what she writes there.
"""

from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobunivers.identity import queries
from jobunivers.shared import vault

COOKIE = "ju_arrival"
SECONDS = 10 * 60


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.signing_keys(), salt="arrival")


def remember(response: Response, draft_id: UUID) -> Response:
    """Sends the question's subject along; the cookie opens nothing but the question."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE,
        _serializer().dumps(str(draft_id)),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    return response


def forget(response: Response) -> Response:
    """The question is answered."""
    response.delete_cookie(
        COOKIE, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return response


def draft_id() -> UUID | None:
    """The draft that is asked about; None when nobody asked, ten minutes are over, or the draft is
    gone.
    """
    try:
        found = UUID(_serializer().loads(request.cookies.get(COOKIE, ""), max_age=SECONDS))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    return found if queries.find_draft(found) else None
