"""A made-up MitID beside the demonstration: a small OpenID provider on this machine, with the
personas as its people.

Only when the package is installed (it belongs to the development tools); without it the
demonstration has its personas anyway.
"""

import contextlib
import importlib.util
import os
import warnings
from collections.abc import Iterator

CLIENT = {"CLIENT_ID": "jobunivers-demo", "CLIENT_SECRET": "demo"}


def person_of(persona: str) -> str:
    """The person identifier that the made-up broker gives for a persona; the seed stores the same
    with the citizen.
    """
    return f"demo:{persona}"


def claims_of(persona: str) -> dict[str, object]:
    """What the made-up broker and the made-up directory say about a persona."""
    return {
        "name": persona,
        "acr": "https://data.gov.dk/concept/core/nsis/loa/Substantial",
        "mitid.uuid": person_of(persona),
        "email": f"{persona}@example.org",
        "email_verified": True,
    }


@contextlib.contextmanager
def running(personas: list[str]) -> Iterator[str | None]:
    """Runs the provider in a thread and names it in the environment, unless a real one is named
    there already. Gives its address.
    """
    if (
        importlib.util.find_spec("oidc_provider_mock") is None
        or "JU_OIDC_CITIZEN_ISSUER" in os.environ
    ):
        yield None
        return
    with warnings.catch_warnings():
        import authlib.deprecate  # noqa: F401 -- it switches its own warnings on when imported, so first it, then the filter

        warnings.simplefilter("ignore")  # the provider still uses names that Authlib will rename
        import oidc_provider_mock as provider

        people = [provider.User(sub=persona, claims=claims_of(persona)) for persona in personas]
        with provider.run_server_in_thread(user_claims=people) as server:
            issuer = f"http://localhost:{server.server_port}"
            for kind in ("CITIZEN", "STAFF"):
                os.environ[f"JU_OIDC_{kind}_ISSUER"] = issuer
                os.environ.update(
                    {f"JU_OIDC_{kind}_{name}": value for name, value in CLIENT.items()}
                )
            yield issuer
