"""The staff's fallback: password, six-digit codes, recovery codes. Hashing and checking happen
outside, before the transaction.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import code_rules as codes
from jobunivers.identity import ports, queries
from jobunivers.identity.models import RecoveryCode, User, UserGrant
from jobunivers.identity.services.accounts import create_user, disable_user
from jobunivers.identity.services.events import note_event
from jobunivers.identity.services.ways import end_sessions_of
from jobunivers.identity.types import Grant, LogInEvent, Withheld
from jobunivers.messages import outbox_services as outbox
from jobunivers.shared import audit, vault
from jobunivers.shared.errors import Conflict, NotAllowed

INVITATION_KIND = "identity.staff_invitation"


def invite_staff(
    *, name: str, email: str, grants: Collection[Grant], by_user_id: UUID, now: datetime
) -> User:
    """A new colleague with roles; she gets a link with which she chooses a password. Raises
    Conflict when the address is in use.
    """
    if queries.find_user_by_email(email) is not None:
        raise Conflict
    user = create_user(name=name, email=email, grants=frozenset(grants))
    outbox.enqueue(
        INVITATION_KIND, {"user_id": str(user.id)}, run_at=now, key=f"staff-invitation:{user.id}"
    )
    audit.record(
        "staff.invited",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        user_id=str(user.id),
        grants=sorted(grants),
    )
    return user


def change_grants(
    user_id: UUID, grants: Collection[Grant], *, by_user_id: UUID, now: datetime
) -> None:
    """Other roles and rights for a colleague, at once. Nobody takes the administrator's role from
    herself, so one is always left. Who is a caseworker no more leaves her citizens to the team.
    """
    user = queries.get_staff(user_id)
    if user_id == by_user_id and Grant.ADMIN not in grants:
        raise NotAllowed
    kept = {row.grant: row for row in user.grants}
    user.grants = [kept.get(grant) or UserGrant(grant=grant) for grant in sorted(grants)]
    audit.record(
        "staff.rights_changed",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        user_id=str(user_id),
        grants=sorted(grants),
    )
    db.session.flush()
    if Grant.CASEWORKER in kept and Grant.CASEWORKER not in grants:
        ports.LEFT()(user_id, by_user_id, now)


def withhold_name(user_id: UUID, why: Withheld, *, by_user_id: UUID) -> None:
    """From now on citizens read a colleague's role and team in their log, also of earlier looks; or
    her name again.
    """
    queries.get_staff(user_id).name_withheld = why.value
    audit.record(
        "staff.name_withheld",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        user_id=str(user_id),
        why=why.value,
    )


def close_staff(user_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """A colleague who left: logged out everywhere, no way in. Nobody closes herself out."""
    if user_id == by_user_id:
        raise NotAllowed
    queries.get_staff(user_id)
    disable_user(user_id, now, by_user_id=by_user_id)
    audit.record(
        "staff.closed", actor_id=by_user_id, actor_role=Grant.ADMIN.value, user_id=str(user_id)
    )


def set_password(user_id: UUID, password_hash: str) -> None:
    """Stores the hash of a new password and logs the person out everywhere."""
    db.session.get_one(User, user_id).password_hash = password_hash
    end_sessions_of(user_id)
    note_event(user_id, LogInEvent.PASSWORD)
    db.session.flush()


def after_password(user_id: UUID, *, password_hash: str | None, begins_code_app: bool) -> None:
    """After a right password: stores it under newer parameters when given, and a secret for a code
    app when one is to be set up.
    """
    user = db.session.get_one(User, user_id)
    if password_hash:
        user.password_hash = password_hash
    if begins_code_app and user.totp_secret is None:
        user.totp_secret = vault.seal(codes.new_secret())
    db.session.flush()


def forget_code_app(user_id: UUID) -> None:
    """For somebody who lost phone and recovery codes: the app is set up anew at the next log-in.
    Ends all sessions.
    """
    user = db.session.get_one(User, user_id)
    user.totp_secret = user.totp_confirmed_at = user.totp_last_step = None
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    note_event(user_id, LogInEvent.CODE_APP)
    end_sessions_of(user_id)


def confirm_code_app(user_id: UUID, *, step: int, now: datetime) -> list[str]:
    """The first right code proves that the app works. Returns fresh recovery codes, to be shown
    once.
    """
    user = db.session.get_one(User, user_id)
    user.totp_confirmed_at = now
    user.totp_last_step = step
    note_event(user_id, LogInEvent.CODE_APP)
    return renew_recovery_codes(user_id)


def renew_recovery_codes(user_id: UUID) -> list[str]:
    """Ten new recovery codes; the old ones end."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    note_event(user_id, LogInEvent.CODES)
    fresh = codes.new_recovery_codes()
    db.session.add_all(
        RecoveryCode(user_id=user_id, code_hash=codes.recovery_hash(code)) for code in fresh
    )
    db.session.flush()
    return fresh


def use_code(user_id: UUID, step: int) -> bool:
    """True for the first use of the code of that step or of a later one; a code seen over
    somebody's shoulder is worth nothing.
    """
    unused = sa.or_(User.totp_last_step.is_(None), User.totp_last_step < step)
    result = db.session.execute(
        sa.update(User).where(User.id == user_id, unused).values(totp_last_step=step)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def use_recovery_code(user_id: UUID, code: str, now: datetime) -> bool:
    """True when the code was one of this person's and not used yet."""
    mine = (
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == codes.recovery_hash(code),
        RecoveryCode.used_at.is_(None),
    )
    result = db.session.execute(sa.update(RecoveryCode).where(*mine).values(used_at=now))
    if result.rowcount:  # type: ignore[attr-defined]
        note_event(user_id, LogInEvent.CODE_USED)
    return bool(result.rowcount)  # type: ignore[attr-defined]
