"""The seam behind which outside log-in lives: a provider sends the person away, and later tells us
who came back.

One provider for citizens (the broker of MitID) and one for staff (the municipality's own
directory). Today both speak OpenID
Connect; NemLog-in's SAML becomes one more class with the same two methods (docs/log-in.md). Ways in
that
need no provider (demo persona, mail link, password) have views of their own; all end in
`viewers.sign_in`.
"""

from typing import Literal, Protocol, cast, get_args

from flask import Flask, Response, current_app

from jobunivers.identity.types import Proof

Kind = Literal["citizen", "staff"]
KINDS: tuple[Kind, ...] = get_args(Kind)
EXTENSION = "authenticators"


class Refused(Exception):
    """The provider did not vouch for anybody: the person changed her mind, the answer is forged or
    stale, or the level is too low.
    """


class Unavailable(Exception):
    """The provider does not answer."""


class Authenticator(Protocol):
    """One outside provider."""

    def begin(self, return_url: str, *, locale: str) -> Response:
        """Sends the browser to the provider. Raises Unavailable."""

    def finish(self) -> Proof:
        """Reads the provider's answer from the request. Raises Refused or Unavailable."""


def register(app: Flask, oidc: dict[str, str]) -> None:
    """Sets up the providers that the settings name (JU_OIDC_CITIZEN_*, JU_OIDC_STAFF_*); the others
    are not offered.
    """
    found: dict[str, Authenticator] = {}
    for kind in KINDS:
        settings = {
            name.removeprefix(f"{kind}_"): value
            for name, value in oidc.items()
            if name.startswith(f"{kind}_")
        }
        if settings.get("issuer"):
            from jobunivers.identity.gateways.openid import (
                OpenIdConnect,
            )  # imports an HTTP client: only where it is used

            found[kind] = OpenIdConnect(app, kind, settings)
    app.extensions[EXTENSION] = found


def find(kind: str) -> Authenticator | None:
    """The provider for citizens or for staff, when there is one."""
    return cast(dict[str, Authenticator], current_app.extensions[EXTENSION]).get(kind)
