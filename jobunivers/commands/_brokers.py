"""Whether the log-in providers would let anybody in: their discovery, their keys, and the level of
assurance that we ask of citizens.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from jobunivers.config import Settings

SECONDS = 5
KINDS = ("citizen", "staff")


def problems(settings: Settings) -> Iterator[str]:
    """One line for each thing that is wrong; nothing for a provider that is not set up."""
    for kind in KINDS:
        own = {
            name.removeprefix(f"{kind}_"): value
            for name, value in settings.oidc.items()
            if name.startswith(f"{kind}_")
        }
        if own.get("issuer"):
            yield from (f"log-in ({kind}): {line}" for line in _of_one(kind, own))


def _of_one(kind: str, own: Mapping[str, str]) -> Iterator[str]:
    issuer = own["issuer"].rstrip("/")
    for name in ("client_id", "client_secret"):
        if not own.get(name):
            yield f"JU_OIDC_{kind.upper()}_{name.upper()} is not set"
    about = _json_of(f"{issuer}/.well-known/openid-configuration")
    if isinstance(about, str):
        yield about
        return
    if str(about.get("issuer", "")).rstrip("/") != issuer:
        yield f"{urlsplit(issuer).hostname} names itself by another issuer: every log-in is refused"
    keys = _json_of(str(about.get("jwks_uri", "")))
    if isinstance(keys, str):
        yield f"keys: {keys}"
    elif not keys.get("keys"):
        yield f"keys: {urlsplit(issuer).hostname} has none: no answer can be checked"
    yield from _level(kind, own, about)


def _level(kind: str, own: Mapping[str, str], about: Mapping[str, object]) -> Iterator[str]:
    from jobunivers.identity.gateways.openid import accepted_levels

    accepted = accepted_levels("citizen" if kind == "citizen" else "staff", own)
    offered = about.get("acr_values_supported")
    if accepted and isinstance(offered, list) and not set(accepted) & set(map(str, offered)):
        yield (
            f"level of assurance: {urlsplit(own['issuer']).hostname} offers none of those that we "
            f"accept (JU_OIDC_{kind.upper()}_ACCEPTED_ACR): every log-in is refused"
        )


def _json_of(url: str) -> dict[str, object] | str:
    """What stands there, or what is wrong in one phrase."""
    import requests

    host = urlsplit(url).hostname or "nobody"
    try:
        answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
        said = answer.json() if answer.status_code == 200 else None
    except requests.JSONDecodeError:
        said = None
    except requests.RequestException as error:
        return f"{host} does not answer ({type(error).__name__})"
    if answer.status_code != 200:
        return f"{host} answers {answer.status_code}"
    return said if isinstance(said, dict) else f"{host} answers something that is no JSON"
