"""Errors of the domain. `app.py` maps them to HTTP once; services raise them, views need not catch
them.
"""


class DomainError(Exception):
    """Something a person tried that the rules do not allow."""


class NotAllowed(DomainError):
    """The person may not do this here (HTTP 403)."""


class NotFound(DomainError):
    """It does not exist, or is somebody else's (HTTP 404)."""


class Conflict(DomainError):
    """Somebody was faster (HTTP 409)."""


class Stale(DomainError):
    """The form was opened before a later change; carries what is stored now (HTTP 409)."""

    def __init__(self, current: object = None) -> None:
        super().__init__("changed since the form was opened")
        self.current = current


class UnmetPort(Exception):
    """A feature needs what no feature offers; the message is one line for whoever starts the site."""


class Full(DomainError):
    """There are so many of them that no more are kept (HTTP 409)."""


def ensure_room(count: int, most: int) -> None:
    """Raises Full when there are as many as are kept."""
    if count >= most:
        raise Full
