"""People of the caseload for tests."""

from jobunivers.identity import queries as identity


class MakeCaseload:
    """Mixed into Maker."""

    def user_by_email(self, email):
        """The id of the log-in with that address."""
        with self.app.app_context():
            return identity.find_user_by_email(email).id
