"""Every JU_* variable and what it may be. A name that nobody knows and a value that nobody can use
stop the start with one line each, before they are missed in the night.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError

PREFIX = "JU_"
TOOLS = ("TEST_", "CHROMIUM", "SANDBOX")  # of tests and of the browser that prints pictures
ROLES = ("caseworker", "coordinator", "admin")


def _address(*schemes: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        wrong = ValueError(f"must be an address such as {example}")  # it may hold a password
        try:
            parts = urlsplit(value)
            named = bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise wrong from None  # a port that is no number, say
        is_folder = parts.scheme == "file" and "file" in schemes and bool(parts.path)
        if parts.scheme not in schemes or not (named or is_folder):
            raise wrong
        return value

    return AfterValidator(check)


def _database(value: str) -> str:
    if not value.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


def _moment(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"must be a time such as 2026-11-21T08:00:00+01:00, not {value!r}"
        ) from None
    return value


def _mailbox(value: str) -> str:
    if value.count("@") != 1 or value.strip("@") != value or " " in value:
        raise ValueError(f"must be one mail address, not {value!r}")
    return value


def _machines(value: str) -> str:
    for one in value.split(","):
        try:
            ip_address(one.strip())
        except ValueError:
            raise ValueError(
                f"must be addresses such as 127.0.0.1 with commas, not {one!r}"
            ) from None
    return value


def _roles(value: str) -> str:
    for one in filter(None, value.split(",")):
        if one not in ROLES:
            raise ValueError(f"must name some of {', '.join(ROLES)}, not {one!r}")
    return value


Flag = Literal["0", "1"]
Mailbox = Annotated[str, AfterValidator(_mailbox)]


@dataclass(frozen=True)
class Broker:
    """JU_OIDC_CITIZEN_* and JU_OIDC_STAFF_*: docs/log-in.md."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    issuer: Annotated[str, _address("https", "http", example="https://broker.example")] = ""
    client_id: str = ""
    client_secret: str = ""
    scope: str = ""
    claim_person: str = ""
    claim_name: str = ""
    claim_email: str = ""
    claim_level: str = ""
    acr_values: str = ""
    accepted_acr: str = ""
    prompt: str = ""
    trust_email: Flag = "0"


@dataclass(frozen=True)
class Environment:
    """The other variables: docs/operations.md."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    database_url: Annotated[str, AfterValidator(_database)] = ""
    secret_key: str = ""
    secret_key_old: str = ""
    data_keys: str = ""
    profile: str = ""
    instance: str = ""
    base_url: Annotated[str, _address("https", "http", example="https://jobs.example.dk")] = ""
    smtp_url: Annotated[
        str, _address("smtp", "smtps", "file", example="smtp://user:password@host:587")
    ] = ""
    sms_url: Annotated[
        str, _address("https", "http", "file", example="https://gateway.example")
    ] = ""
    bounce_imap: Annotated[
        str, _address("imaps", "imap", example="imaps://user:password@host:993/INBOX")
    ] = ""
    bounce_address: Mailbox = ""
    bounce_secret: str = ""
    anchors: str = ""
    anchor_mail: Mailbox = ""
    erasures: str = ""
    demo: Flag = "0"
    trusted_proxy: Flag = "0"
    kiosk: Flag = "0"
    traceback: Flag = "0"
    clock: Annotated[str, AfterValidator(_moment)] = ""
    totp_required: Annotated[str, AfterValidator(_roles)] = ""
    metrics_allowed: Annotated[str, AfterValidator(_machines)] = ""


def faults(environment: Mapping[str, str]) -> list[str]:
    """What is wrong with the JU_* variables, one line each. A variable that is empty is not set."""
    given = {
        name.removeprefix(PREFIX): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value and not name.removeprefix(PREFIX).startswith(TOOLS)
    }
    found = []
    for part in ("OIDC_CITIZEN_", "OIDC_STAFF_"):
        mine = {name: given.pop(name) for name in list(given) if name.startswith(part)}
        found += _faults(Broker, mine, part)
    return found + _faults(Environment, given, "")


def _faults(form: type[Broker] | type[Environment], given: dict[str, str], part: str) -> list[str]:
    values = {name.removeprefix(part).lower(): value for name, value in given.items()}
    try:
        TypeAdapter(form).validate_python(values)
    except ValidationError as error:
        return [
            _line(form, part, str(one["loc"][-1]), one["type"], one.get("ctx", {}))
            for one in error.errors(include_url=False, include_input=False)
        ]
    return []


def _line(
    form: type[Broker] | type[Environment],
    part: str,
    key: str,
    kind: str,
    about: Mapping[str, object],
) -> str:
    name = f"{PREFIX}{part}{key.upper()}"
    if kind == "unexpected_keyword_argument":
        near = get_close_matches(key, form.__dataclass_fields__, 1)
        meant = f"; did you mean {PREFIX}{part}{near[0].upper()}?" if near else ""
        return f"{name} is not known{meant} (docs/operations.md lists all)"
    return f"{name} {about.get('error', 'must be 0 or 1')}"
