"""OpenID Connect: code flow with PKCE, state and nonce, and an ID token whose issuer, audience,
time and level are checked.

State, nonce and code verifier wait in the signed cookie of the visit: no session row for somebody
who may never come back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, session
from joserfc.errors import JoseError
from requests import RequestException

from jobunivers.identity.gateways import Kind, Refused, Unavailable
from jobunivers.identity.types import Proof

TIMEOUT_SECONDS = 8
# How brokers name what MitID calls substantial and high: NSIS, eIDAS, and their own words.
SUBSTANTIAL = (
    "https://data.gov.dk/concept/core/nsis/loa/Substantial",
    "https://data.gov.dk/concept/core/nsis/loa/High",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
    "urn:grn:authn:dk:mitid:substantial",
    "urn:grn:authn:dk:mitid:high",
    "Substantial",
    "High",
)
# What differs between brokers is a setting: JU_OIDC_CITIZEN_CLAIM_PERSON and so on.
DEFAULTS: dict[Kind, dict[str, str]] = {
    "citizen": {
        "scope": "openid profile",
        "claim_person": "mitid.uuid",
        "claim_name": "name",
        "prompt": "login",
    },
    "staff": {"scope": "openid profile email", "claim_name": "name", "claim_email": "email"},
}


def accepted_levels(kind: Kind, settings: Mapping[str, str]) -> tuple[str, ...]:
    """The levels of assurance that this provider's answer must name one of. For citizens always at
    least substantial, unless the settings say "none" (`doctor` names it).
    """
    named = settings.get("accepted_acr") or settings.get("acr_values", "")
    if named == "none":
        return ()
    return tuple(named.split()) or (SUBSTANTIAL if kind == "citizen" else ())


class OpenIdConnect:
    """One OpenID provider."""

    def __init__(self, app: Flask, kind: Kind, settings: dict[str, str]) -> None:
        self.kind = kind
        self.settings = {**DEFAULTS[kind], **settings}
        self.issuer = settings["issuer"].rstrip("/")
        self.client = OAuth(app).register(
            name=kind,
            client_id=settings.get("client_id"),
            client_secret=settings.get("client_secret"),
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": self.settings["scope"],
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
            },
        )

    def begin(self, return_url: str, *, locale: str) -> Response:
        """To the provider, with the level of assurance and the language that we wish."""
        self._forget_earlier_tries()
        wishes = {
            "acr_values": self.settings.get("acr_values"),
            "prompt": self.settings.get("prompt"),
            "ui_locales": locale,
        }
        with _network():
            answer: Response = self.client.authorize_redirect(
                return_url, **{name: value for name, value in wishes.items() if value}
            )
        return answer

    def _forget_earlier_tries(self) -> None:
        for key in [key for key in session if key.startswith(f"_state_{self.client.name}_")]:
            session.pop(key)

    def finish(self) -> Proof:
        """Swaps the code for an ID token and reads it."""
        with _network():
            try:
                options = {
                    "iss": {"essential": True, "value": self._issuer()},
                    "aud": {"essential": True, "value": self.settings.get("client_id")},
                }
                token = self.client.authorize_access_token(claims_options=options)
            except (AuthlibBaseError, JoseError, ValueError) as error:
                raise Refused(type(error).__name__) from error
        claims = token.get("userinfo")
        if not claims:
            raise Refused("no ID token")
        self._check_level(claims)
        return self._proof(claims)

    def _issuer(self) -> str:
        """As the provider writes itself; some end their name with a slash."""
        named = str(self.client.load_server_metadata().get("issuer", ""))
        if named.rstrip("/") != self.issuer:
            raise Refused("another issuer")
        return named

    def _check_level(self, claims: dict[str, Any]) -> None:
        """Wishing for a level is not getting it: the answer must name one of those that we accept."""
        accepted = accepted_levels(self.kind, self.settings)
        if accepted and claims.get(self.settings.get("claim_level", "acr")) not in accepted:
            raise Refused("level of assurance")

    def _proof(self, claims: dict[str, Any]) -> Proof:
        def read(name: str) -> str:
            return str(claims.get(self.settings.get(f"claim_{name}", ""), "") or "")

        verified = claims.get("email_verified") is True or self.settings.get("trust_email") == "1"
        return Proof(
            self.issuer,
            str(claims["sub"]),
            name=read("name"),
            person=read("person"),
            email=read("email"),
            email_verified=verified,
        )


@contextmanager
def _network() -> Iterator[None]:
    try:
        yield
    except RequestException as error:
        raise Unavailable(type(error).__name__) from error
