"""Settings read from the environment; safe in production unless JU_DEMO=1 says that this is a
demonstration.
"""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jobunivers import environment

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("JU_INSTANCE", ROOT / "instance"))
DEMO_SECRET = "demo-only-secret-that-signs-nothing-real"  # noqa: S105 -- refused outside demo mode by `problems`
DEMO_DATA_KEY = "ZGVtby1vbmx5LWtleS1ub3QtZm9yLXJlYWwtZGF0YSE="
DEMO_MARKS = frozenset({"demo", "test"})  # as a whole word of the name: "latest" is none
SHORTEST_SECRET, FEWEST_SIGNS = 32, 10


class UnsafeSettings(Exception):
    """A combination of settings that must not start; the message is one clear line."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. `from_environment` is the only reader of JU_* variables."""

    database_url: str
    secret_key: str
    data_keys: tuple[str, ...]
    old_secret_keys: tuple[str, ...] = ()  # they sign nothing, and what they signed still holds
    profile: str = "aarhus"
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    sms_url: str = ""
    bounce_imap: str = ""  # the mailbox into which our mails come back
    bounce_address: str = ""  # where they come back to; * stands for the mark of the mail
    bounce_secret: str = ""  # with which a gateway signs its reports
    demo: bool = False
    testing: bool = False
    clock_start: datetime | None = None
    oidc: dict[str, str] = field(default_factory=dict)
    totp_required: tuple[str, ...] = ("caseworker", "coordinator", "admin")
    trusted_proxy: bool = False
    kiosk: bool = False  # for shared computers: nothing is kept on the device
    metrics_allowed: tuple[str, ...] = ("127.0.0.1", "::1")
    anchors: str = ""  # the file that says where the logs ended, night by night
    anchor_mail: str = ""
    erasures: str = ""  # the file that says who was erased, as hashes; kept beside backups

    @classmethod
    def from_environment(
        cls, *, demo: bool | None = None, profile: str | None = None
    ) -> "Settings":
        """Settings of this process. `demo` and `profile` override JU_DEMO and JU_PROFILE. Raises
        UnsafeSettings for a variable that is not known or cannot be used.
        """
        env = os.environ
        if wrong := environment.faults(env):
            raise UnsafeSettings("\n".join(wrong))
        is_demo = env.get("JU_DEMO") == "1" if demo is None else demo
        default_file = "demo.db" if is_demo else "jobunivers.db"
        clock = env.get("JU_CLOCK")
        return cls(
            database_url=env.get("JU_DATABASE_URL", f"sqlite:///{INSTANCE / default_file}"),
            secret_key=env.get("JU_SECRET_KEY") or (DEMO_SECRET if is_demo else ""),
            data_keys=tuple(key for key in env.get("JU_DATA_KEYS", "").split(",") if key)
            or ((DEMO_DATA_KEY,) if is_demo else ()),
            old_secret_keys=tuple(
                key for key in env.get("JU_SECRET_KEY_OLD", "").split(",") if key
            ),
            profile=profile or env.get("JU_PROFILE", "aarhus"),
            base_url=env.get("JU_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
            smtp_url=env.get("JU_SMTP_URL")
            or (f"file:{INSTANCE / 'demo-mail'}" if is_demo else ""),
            sms_url=env.get("JU_SMS_URL", ""),
            bounce_imap=env.get("JU_BOUNCE_IMAP", ""),
            bounce_address=env.get("JU_BOUNCE_ADDRESS", ""),
            bounce_secret=env.get("JU_BOUNCE_SECRET", ""),
            demo=is_demo,
            clock_start=datetime.fromisoformat(clock) if clock else None,
            oidc={
                name.removeprefix("JU_OIDC_").lower(): value
                for name, value in env.items()
                if name.startswith("JU_OIDC_")
            },
            totp_required=tuple(
                role
                for role in env.get("JU_TOTP_REQUIRED", "caseworker,coordinator,admin").split(",")
                if role
            ),
            trusted_proxy=env.get("JU_TRUSTED_PROXY") == "1",
            kiosk=env.get("JU_KIOSK") == "1",
            anchors=env.get("JU_ANCHORS", str(INSTANCE / f"{default_file}.anchors.jsonl")),
            erasures=env.get("JU_ERASURES", str(INSTANCE / f"{default_file}.erasures.jsonl")),
            anchor_mail=env.get("JU_ANCHOR_MAIL", ""),
            metrics_allowed=tuple(env.get("JU_METRICS_ALLOWED", "127.0.0.1,::1").split(",")),
        )

    @property
    def takes_utf8_mail(self) -> bool:
        """The mail server takes letters such as æ before the @ (SMTPUTF8); `doctor` asks it."""
        return parse_qs(urlsplit(self.smtp_url).query).get("smtputf8", ["no"])[0] == "yes"

    def problems(self) -> list[str]:
        """What makes these settings unsafe or unusable, one line each; empty when all is well."""
        found = []
        if not self.secret_key:
            found.append(
                "JU_SECRET_KEY is missing: set a long random value (it signs cookies and links)."
            )
        if not self.data_keys:
            found.append(
                "JU_DATA_KEYS is missing: run `jobunivers keys new` and set its output "
                "(it encrypts CPR and health answers)."
            )
        if not self.demo and not self.testing:
            found += self._problems_outside_demo()
        if self.demo and not is_demo_database(self.database_url):
            found.append(
                "JU_DEMO=1 needs a database with the word 'demo' or 'test' in its name "
                "(jobunivers_demo, test.db; not latest): personas log in without a password."
            )
        if self.clock_start is not None and self.clock_start.tzinfo is None:
            found.append("JU_CLOCK needs an offset, for example 2026-11-21T08:00:00+01:00.")
        return found

    def warnings(self) -> list[str]:
        """What may run, but should not stay so, one line each; said at the start and by `doctor`."""
        found = []
        if self.oidc.get("citizen_issuer") and self.oidc.get("citizen_accepted_acr") == "none":
            found.append(
                "JU_OIDC_CITIZEN_ACCEPTED_ACR=none: no level of assurance is demanded of citizens; "
                "name the levels, or leave it away for at least substantial."
            )
        return found

    def _problems_outside_demo(self) -> list[str]:
        found = []
        if self.secret_key == DEMO_SECRET or DEMO_DATA_KEY in self.data_keys:
            found.append("The demo keys are public: set your own JU_SECRET_KEY and JU_DATA_KEYS.")
        if self.clock_start is not None:
            found.append("JU_CLOCK is honoured only with JU_DEMO=1.")
        if any(key == DEMO_SECRET or is_poor_secret(key) for key in self.old_secret_keys):
            found.append(
                "JU_SECRET_KEY_OLD is too short, too simple or the demo's: whoever guesses it "
                "logs in as anybody. Take it out."
            )
        if self.bounce_secret and is_poor_secret(self.bounce_secret):
            found.append(
                "JU_BOUNCE_SECRET is too short or too simple: take the output of "
                "`jobunivers keys new`."
            )
        if self.secret_key and is_poor_secret(self.secret_key):
            found.append(
                "JU_SECRET_KEY is too short or too simple: whoever guesses it logs in as "
                "anybody. Take the output of `jobunivers keys new`."
            )
        return found

    def ensure_safe(self) -> None:
        """Raises UnsafeSettings with the first problem."""
        if found := self.problems():
            raise UnsafeSettings(found[0])


def is_poor_secret(secret: str) -> bool:
    """Shorter than 32 signs, or made of few different ones."""
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS


def is_demo_database(url: str) -> bool:
    """The name of the database carries the mark as a word of its own."""
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower()
    return bool(DEMO_MARKS & set(re.split(r"[^a-z]+", name)))
