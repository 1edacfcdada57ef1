"""Signed links: the way in by e-mail, and the link with which staff chooses a password."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from jobunivers.identity.models import User
from jobunivers.shared import vault

PASSWORD_LINK_SECONDS = 7 * 24 * 3600


def email_token(link_id: UUID) -> str:
    """What stands in the mail; the database row decides how long and how often it is good."""
    return str(URLSafeSerializer(vault.signing_keys(), salt="email-link").dumps(str(link_id)))


def read_email_token(token: str) -> UUID | None:
    """The row that the link belongs to; None when the link is not ours."""
    try:
        return UUID(URLSafeSerializer(vault.signing_keys(), salt="email-link").loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def agree_token(wish_id: UUID) -> str:
    """A link with which an address that is in force says yes or no to another one."""
    return str(URLSafeSerializer(vault.signing_keys(), salt="agree").dumps(str(wish_id)))


def read_agree_token(token: str) -> UUID | None:
    """What the link is about; None when it is not ours."""
    try:
        return UUID(URLSafeSerializer(vault.signing_keys(), salt="agree").loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def password_token(user: User) -> str:
    """A link with which this person chooses a password, once: it is bound to the password she has
    now.
    """
    return str(
        URLSafeTimedSerializer(vault.signing_keys(), salt="password").dumps(
            [str(user.id), vault.fingerprint(user.password_hash or "none")]
        )
    )


def read_password_token(token: str) -> tuple[UUID, str] | None:
    """(log-in, mark of the password it had); None when the link is not ours or older than a week."""
    try:
        user_id, mark = URLSafeTimedSerializer(vault.signing_keys(), salt="password").loads(
            token, max_age=PASSWORD_LINK_SECONDS
        )
        return UUID(user_id), str(mark)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def has_password(user: User, mark: str) -> bool:
    """True while the account still has the password that the link was made for."""
    return mark in vault.fingerprints(user.password_hash or "none")
