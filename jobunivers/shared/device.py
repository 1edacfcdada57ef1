"""Whether others use this computer too: said for the whole installation (JU_KIOSK), or by somebody who
sits at it. Then nothing is kept on it, and a log-in ends soon.
"""

from datetime import timedelta

from flask import Response, current_app, request

COOKIE = "ju_shared"
SECONDS = 365 * 24 * 3600  # of the device, not of a person: who comes next is as safe
IDLE = timedelta(minutes=10)
DRAFT_SECONDS = 30 * 60  # work without log-in stays behind its code, not on the computer


def is_shared() -> bool:
    """Whether this request comes from a computer that others use too."""
    return bool(current_app.config["KIOSK"]) or request.cookies.get(COOKIE) == "1"


def idle_seconds() -> int:
    """How long a log-in lasts here without use."""
    usual = int(current_app.config["IDLE_SECONDS"])
    return min(usual, int(IDLE.total_seconds())) if is_shared() else usual


def remember(response: Response, *, is_shared: bool) -> Response:
    """Keeps what was said on this device."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if is_shared:
        response.set_cookie(
            COOKIE, "1", max_age=SECONDS, samesite="Lax", httponly=True, secure=secure
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax", httponly=True, secure=secure)
    return response
