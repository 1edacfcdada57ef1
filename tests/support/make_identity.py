"""Log-ins in all their situations."""

import time
from types import SimpleNamespace

import pyotp

from jobunivers.extensions import db
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import services
from jobunivers.identity.models import PowerOfAttorney, User
from jobunivers.identity.types import Grant, Scope
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write

PASSWORD = "lyseblå traktor under broen"


class MakeIdentity:
    """make.visitor(), make.helper(citizen), make.password_staff()."""

    def visitor(self, email=None, name="Vera Visitor", locale="en"):
        """A visitor account with its owner."""
        with self.app.app_context(), write():
            user = services.create_user(
                name=name, email=email or f"visitor{self._next()}@example.org", locale=locale
            )
            owner = services.owner_of_visitor(user.id)
            return SimpleNamespace(id=user.id, email=user.email, owner_id=owner.id, name=name)

    def helper(self, *citizens, scope=Scope.ALL, valid_to=None, name="Hanne Helper"):
        """A helper with a power of attorney for each of these citizens."""
        with self.app.app_context(), write():
            user = services.create_user(name=name, locale="en")
            powers = [
                PowerOfAttorney(
                    user_id=user.id, citizen_id=citizen.id, scope=scope, valid_to=valid_to
                )
                for citizen in citizens
            ]
            db.session.add_all(powers)
            db.session.flush()
            return SimpleNamespace(id=user.id, name=name, powers=[power.id for power in powers])

    def password_staff(self, *grants, password=PASSWORD, with_app=False):
        """A member of staff who logs in with a password, and with_app=True has a code app;
        `.code()` is its next unused code.
        """
        person = self.staff(*(grants or (Grant.CASEWORKER,)))
        secret = pyotp.random_base32()
        with self.app.app_context(), write():
            user = db.session.get_one(User, person.id)
            user.password_hash = passwords.hashed(password)
            if with_app:
                user.totp_secret, user.totp_confirmed_at = vault.seal(secret), clock.now()
                person.recovery_codes = services.renew_recovery_codes(user.id)
        person.password = password
        person.secret = secret
        person.code = lambda: pyotp.TOTP(secret).at(int(time.time()))
        return person

    def draft(self):
        """A nameless draft's owner id."""
        with self.app.app_context(), write():
            return services.start_draft(clock.now()).id
