"""A JU_* variable that nobody knows, or whose value nobody can use, stops the start with one line."""

import re

import pytest

from jobunivers import environment
from jobunivers.config import ROOT, Settings, UnsafeSettings

GOOD = {
    "JU_DATABASE_URL": "postgresql://u:p@h/jobs",
    "JU_BASE_URL": "https://jobs.example.dk",
    "JU_SMTP_URL": "smtp://u:p@mail.example.dk:587?starttls=auto",
    "JU_SMS_URL": "file:/tmp/sms",
    "JU_BOUNCE_IMAP": "imaps://u:p@mail.example.dk/INBOX",
    "JU_BOUNCE_ADDRESS": "bounce+*@example.dk",
    "JU_OIDC_CITIZEN_ISSUER": "http://127.0.0.1:9000",
    "JU_OIDC_STAFF_TRUST_EMAIL": "1",
    "JU_TOTP_REQUIRED": "admin",
    "JU_METRICS_ALLOWED": "10.0.0.1,::1",
    "JU_CLOCK": "2026-11-21T08:00:00+01:00",
    "JU_DEMO": "1",
    "JU_KIOSK": "",
    "JU_TEST_PG": "whatever the tests want",
    "PATH": "/bin",
}


def test_good_variables_are_taken():
    assert environment.faults(GOOD) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SMPT_URL", "smtp://h", "is not known; did you mean JU_SMTP_URL?"),
        ("XYZ", "1", "is not known (docs/operations.md lists all)"),
        ("OIDC_CITIZEN_ISSUR", "https://h", "is not known; did you mean JU_OIDC_CITIZEN_ISSUER?"),
        ("OIDC_BOSS_ISSUER", "https://h", "is not known"),
        ("SMTP_URL", "smtp://h:many", "must be an address such as smtp://user:password@host:587"),
        ("SMTP_URL", "mail.example.dk", "must be an address such as smtp://"),
        ("SMTP_URL", "file:", "must be an address such as smtp://"),
        ("SMS_URL", "ftp://h", "must be an address such as https://gateway.example"),
        ("BASE_URL", "jobs.example.dk", "must be an address such as https://jobs.example.dk"),
        ("BASE_URL", "https://h:99999", "must be an address such as https://jobs.example.dk"),
        ("BOUNCE_IMAP", "https://h", "must be an address such as imaps://"),
        ("OIDC_STAFF_ISSUER", "broker", "must be an address such as https://broker.example"),
        ("DATABASE_URL", "mysql://u:secret@h/x", "must begin with sqlite:/// or postgresql://"),
        ("CLOCK", "yesterday", "must be a time such as 2026-11-21T08:00:00+01:00, not 'yesterday'"),
        ("DEMO", "yes", "must be 0 or 1"),
        ("TRUSTED_PROXY", "true", "must be 0 or 1"),
        ("TOTP_REQUIRED", "caseworker,boss", "must name some of caseworker, coordinator, admin"),
        ("METRICS_ALLOWED", "127.0.0.1,localhost", "must be addresses such as 127.0.0.1"),
        ("ANCHOR_MAIL", "nobody", "must be one mail address, not 'nobody'"),
    ],
)
def test_a_slip_is_said_in_one_line_with_the_name(monkeypatch, name, value, told):
    monkeypatch.setenv(f"JU_{name}", value)
    with pytest.raises(UnsafeSettings) as refused:
        Settings.from_environment()
    (line,) = [one for one in str(refused.value).splitlines() if one.startswith(f"JU_{name} ")]
    assert told in line
    assert "secret" not in line


def test_every_variable_of_the_handbook_is_known():
    told = "".join((ROOT / "docs" / f"{name}.md").read_text() for name in ("operations", "log-in"))
    names = {name.rstrip("_") for name in re.findall(r"JU_[A-Z_]+(?<!_)(?=[`=, |])", told)}
    unknown = [
        line for line in environment.faults(dict.fromkeys(names, "x")) if "not known" in line
    ]
    assert unknown == []
