"""Log-ins: made, disabled, found by an outside identity."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import ports as people
from jobunivers.identity import queries
from jobunivers.identity.models import IdentityLink, LoginSession, UnmatchedLogin, User, UserGrant
from jobunivers.identity.services.erasure import delete_log_in
from jobunivers.identity.services.events import note_event
from jobunivers.identity.services.joining import join_to_citizen
from jobunivers.identity.services.owners import owner_of_visitor
from jobunivers.identity.services.ways import end_sessions_by_mail, end_sessions_of
from jobunivers.identity.types import STAFF_GRANTS, Grant, LogInEvent, Proof
from jobunivers.shared import audit
from jobunivers.shared.addresses import address_key
from jobunivers.shared.errors import NotAllowed, NotFound


def create_user(
    *,
    name: str,
    email: str | None = None,
    locale: str | None = None,
    grants: frozenset[Grant] = frozenset(),
    citizen_id: UUID | None = None,
    persona: str | None = None,
) -> User:
    """A log-in. Address in lower case; raises IntegrityError when it is taken."""
    user = User(
        name=name,
        email=address_key(email) if email else None,
        locale=locale,
        citizen_id=citizen_id,
        persona=persona,
    )
    user.grants = [UserGrant(grant=grant) for grant in sorted(grants)]
    db.session.add(user)
    db.session.flush()
    return user


def choose_language(user_id: UUID, code: str) -> None:
    """The language of this person's pages, mails and letters from now on."""
    db.session.get_one(User, user_id).locale = code


def disable_user(user_id: UUID, now: datetime, *, by_user_id: UUID | None = None) -> None:
    """Closes a log-in and ends its sessions at once; the work of a member of staff becomes the
    team's. What the person did stays in the log.
    """
    db.session.get_one(User, user_id).disabled_at = now
    end_sessions_of(user_id)
    db.session.flush()
    people.LEFT()(user_id, by_user_id, now)


def delete_account(user_id: UUID) -> None:
    """Deletes a visitor's log-in with all her work, and logs her out on every device."""
    if db.session.get_one(User, user_id).citizen_id is None:
        delete_log_in(user_id)


def end_session(session_id: UUID, *, user_id: UUID) -> None:
    """Logs a person out on one of her own devices. Raises NotFound for somebody else's."""
    result = db.session.execute(
        sa.delete(LoginSession).where(
            LoginSession.id == session_id, LoginSession.user_id == user_id
        )
    )
    if not result.rowcount:  # type: ignore[attr-defined]
        raise NotFound


# --- outside identities
# ------------------------------------------------------------------------------


def citizen_by_proof(proof: Proof, now: datetime, *, visitor_id: UUID | None = None) -> UUID:
    """The log-in of the person whom the citizens' broker vouches for.

    Known by (issuer, subject), else by the broker's person identifier, else new: then she is a
    visitor and stands in the list of
    the unmatched until staff finds her. `visitor_id` is the account in which she is logged in by
    e-mail, which becomes hers.
    Raises NotAllowed for a disabled log-in and for staff, who have their own way in.
    """
    user = queries.find_user_by_identity(proof.issuer, proof.subject)
    citizen_id = people.match(proof.person) if proof.person else None
    if user is None and citizen_id is not None:
        user = queries.find_user_of_citizen(citizen_id)
    if user is None:
        user = _visitor_to_link(visitor_id) or create_user(
            name=proof.name or (people.name_of(citizen_id) if citizen_id else "")
        )
    if user.disabled_at is not None or any(row.grant in STAFF_GRANTS for row in user.grants):
        raise NotAllowed
    if user.citizen_id is None and citizen_id is not None:
        user = db.session.get_one(User, join_to_citizen(user.id, citizen_id, now))
        if user.disabled_at is not None:
            raise NotAllowed
    _link(user, proof)
    if user.citizen_id is not None:
        return user.id
    owner_of_visitor(user.id)
    if not queries.is_helper(user.id):
        _remember_unmatched(user.id, proof.name, now)
    return user.id


def _visitor_to_link(user_id: UUID | None) -> User | None:
    """The visitor account, unless it belongs to a citizen, to staff, or to another identity
    already.
    """
    user = db.session.get(User, user_id) if user_id else None
    if user is None or user.citizen_id is not None or user.grants:
        return None
    return (
        None
        if db.session.scalar(sa.select(IdentityLink.id).where(IdentityLink.user_id == user.id))
        else user
    )


def _link(user: User, proof: Proof) -> None:
    """The identity opens this log-in from now on. What opened it before by mail ends, and the
    citizen is told, for somebody else may have had that way.
    """
    link = db.session.scalar(
        sa.select(IdentityLink).where(
            IdentityLink.issuer == proof.issuer, IdentityLink.subject == proof.subject
        )
    )
    if link is not None and link.user_id == user.id:
        return
    if link is None:
        link = IdentityLink(issuer=proof.issuer, subject=proof.subject)
        db.session.add(link)
    link.user_id = user.id
    end_sessions_by_mail(user.id)
    if user.citizen_id is not None:
        people.tell(user.citizen_id, "log_in_linked")
    db.session.flush()


def _remember_unmatched(user_id: UUID, name: str, now: datetime) -> None:
    row = db.session.scalar(sa.select(UnmatchedLogin).where(UnmatchedLogin.user_id == user_id))
    if row is None:
        db.session.add(UnmatchedLogin(user_id=user_id, name=name, seen_at=now))
        db.session.flush()


def _may_be_found(user: User, staff_id: UUID | None) -> bool:
    has_identity = db.session.scalar(
        sa.select(IdentityLink.id).where(IdentityLink.user_id == user.id).limit(1)
    )
    return has_identity is None and (user.password_hash is None or user.id == staff_id)


def forget_directory(user_id: UUID, *, by_user_id: UUID) -> None:
    """The directory knows a colleague under another name now: what it knew her by is forgotten, so
    that the address finds her once more. An administrator answers for it.
    """
    queries.get_staff(user_id)
    db.session.execute(sa.delete(IdentityLink).where(IdentityLink.user_id == user_id))
    end_sessions_of(user_id)
    note_event(user_id, LogInEvent.DIRECTORY)
    audit.record(
        "staff.directory_forgotten",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        user_id=str(user_id),
    )


def staff_by_proof(proof: Proof, *, staff_id: UUID | None = None) -> UUID:
    """The log-in of the member of staff whom the municipality's directory vouches for; the first
    time found by verified e-mail address.

    An address can come to somebody else, so it only finds an account that nobody has used: invited,
    and never opened by another identity or a password. Whoever has a password logs in with it first
    (`staff_id`) and adds the directory then.

    Raises NotAllowed when nobody made this person a member of staff here: a directory opens no
    account by itself.
    """
    user = queries.find_user_by_identity(proof.issuer, proof.subject)
    if user is None and proof.email and proof.email_verified:
        user = queries.find_user_by_email(proof.email)
        if user is not None and not _may_be_found(user, staff_id):
            raise NotAllowed
    if (
        user is None
        or user.disabled_at is not None
        or not any(row.grant in STAFF_GRANTS for row in user.grants)
    ):
        raise NotAllowed
    _link(user, proof)
    return user.id
