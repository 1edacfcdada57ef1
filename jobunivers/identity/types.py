"""Who may log in, what they may do, and who owns self-service work."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Grant(StrEnum):
    """A role or a single right of staff; one person may hold several."""

    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    HEALTH_ANSWERS = "health_answers"
    EXEMPTION = "exemption"


class Withheld(StrEnum):
    """Why citizens read a colleague's role and team in their log instead of her name."""

    NOT = ""
    PROTECTED = "protected_address"
    THREATENED = "threatened"


STAFF_GRANTS = frozenset({Grant.CASEWORKER, Grant.COORDINATOR, Grant.ADMIN})


class OwnerKind(StrEnum):
    """Whose CV, letters, answers and progress: a nameless draft, a visitor account, or a citizen."""

    DRAFT = "draft"
    VISITOR = "visitor"
    CITIZEN = "citizen"


class AuthMethod(StrEnum):
    """How a session was opened."""

    DEMO = "demo"
    OIDC = "oidc"
    EMAIL_LINK = "email_link"
    PASSWORD = "password"  # noqa: S105 -- a name, not a secret


class LogInEvent(StrEnum):
    """What the log says about a log-in."""

    IN = "in"
    FAILED = "failed"
    LINK = "link"
    OUT = "out"
    ENDED = "ended"
    PASSWORD = "password"  # noqa: S105 -- a name, not a secret
    CODE_APP = "code_app"
    CODES = "codes"
    CODE_USED = "code_used"
    DIRECTORY = "directory"


class Scope(StrEnum):
    """How far a power of attorney reaches."""

    ALL = "all"
    MEETINGS = "meetings"


@dataclass(frozen=True)
class Proof:
    """What an outside log-in provider proved about a person. `person` is the broker's own person
    identifier, never a CPR number.
    """

    issuer: str
    subject: str
    name: str = ""
    person: str = ""
    email: str = ""
    email_verified: bool = False


@dataclass(frozen=True)
class Viewer:
    """The logged-in person as views see her. A helper with power of attorney has the citizen's id
    in `citizen_id` and `is_helper`.
    """

    user_id: UUID
    name: str
    locale: str | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    citizen_id: UUID | None = None
    owner_id: UUID | None = None
    is_helper: bool = False
    helps_name: str = ""
    scope: Scope = Scope.ALL

    # What Flask-Login asks of a user object.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.user_id)

    @property
    def is_staff(self) -> bool:
        return bool(self.grants & STAFF_GRANTS)

    def may(self, grant: Grant) -> bool:
        """True when the person holds this role or right."""
        return grant in self.grants

    @property
    def audit_role(self) -> str:
        """The word for this person in the audit log."""
        if self.is_helper:
            return "helper"
        for grant in (Grant.ADMIN, Grant.COORDINATOR, Grant.CASEWORKER):
            if grant in self.grants:
                return grant.value
        return "citizen" if self.citizen_id else "visitor"
