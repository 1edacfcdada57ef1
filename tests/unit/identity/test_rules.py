"""Passwords, homes, helpers, devices: decided without an application."""

import pytest

from jobunivers.identity import code_rules as codes
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import rules
from jobunivers.identity.types import Grant, Scope
from jobunivers.shared.house import build
from jobunivers.wiring import FEATURES


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("kort", "short"),
        ("x" * 1001, "long"),
        ("password1234", "easy"),
        ("P@ssw0rd2026!", "easy"),
        ("Sommer2026!!!!", "easy"),
        ("Velkommen2026", "easy"),
        ("qwertyuiop123", "easy"),
        ("abcdefghijkl", "easy"),
        ("987654321012", "easy"),
        ("aaaabbbbcccc", "easy"),
        ("anna.jensen1", "easy"),
        ("Aarhus-Kommune-1", "easy"),
        ("iloveyou1234", "easy"),
        ("Dragonfly12345", "easy"),
        ("trustno1trustno1", "easy"),
        ("21.03.1987 21.03", "easy"),
        ("blå cykel på taget", None),
        ("correct horse battery staple", None),
        ("лимонний велосипед", None),
        ("tr4ktor under broen " * 4, None),
        ("        fem mellemrum  ", None),
    ],
)
def test_password_is_refused_when_an_attacker_would_try_it_first(password, problem):
    assert (
        rules.password_problem(
            password, own_words=("Anna Jensen", "anna.jensen@example.org", "Aarhus Kommune")
        )
        == problem
    )


@pytest.mark.parametrize(
    ("grants", "home"),
    [
        ({Grant.CASEWORKER, Grant.ADMIN}, "desk.show_desk"),
        ({Grant.COORDINATOR}, "coordinator.show_overview"),
        ({Grant.ADMIN}, "admin.show_admin"),
        ({Grant.EXEMPTION}, "home.show_home"),
        (set(), "home.show_home"),
    ],
)
def test_everybody_has_a_first_page(grants, home):
    assert rules.home_of(grants) == home


@pytest.mark.parametrize(
    ("scope", "view", "may"),
    [
        (Scope.ALL, "cv.show_cv", True),
        (Scope.ALL, "data.show_data", True),
        (Scope.ALL, "data.delete", False),
        (Scope.ALL, "data.download_zip", False),
        (Scope.ALL, "settings.save_contact", False),
        (Scope.ALL, "settings.save_meetings", True),
        (Scope.MEETINGS, "booking.book", True),
        (Scope.MEETINGS, "cv.show_cv", False),
        (Scope.MEETINGS, None, False),
    ],
)
def test_helper_stays_within_the_power_of_attorney(scope, view, may):
    hers_alone = build(FEATURES).hers_alone
    assert rules.helper_may(scope, view, hers_alone) is may


@pytest.mark.parametrize(
    ("grants", "has_case", "allowed", "opens"),
    [
        (set(), False, False, True),
        (set(), True, False, False),
        (set(), True, True, True),
        ({Grant.CASEWORKER}, False, True, False),
        ({Grant.EXEMPTION}, False, False, False),
    ],
)
def test_mail_opens_neither_staff_nor_a_case_unless_staff_allowed_it(
    grants, has_case, allowed, opens
):
    assert rules.email_opens(grants=grants, has_case=has_case, allowed=allowed) is opens


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A145R) AppleWebKit/537.36 (KHTML, like "
            "Gecko) Chrome/130.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "Version/18.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 "
            "Safari/537.36 Edg/130.0",
            "Edge, Windows",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_device_is_named_so_that_one_knows_ones_own_phone(user_agent, words):
    assert rules.device_words(user_agent) == words


def test_recovery_code_is_the_same_with_and_without_dashes():
    code = codes.new_recovery_codes()[0]
    assert codes.recovery_hash(code) == codes.recovery_hash(code.upper().replace("-", " "))
    assert len(set(codes.new_recovery_codes())) == codes.RECOVERY_CODES


def test_nobody_has_no_password():
    assert not passwords.fits(None, "nobody has this password, it only takes the same time")
    assert not passwords.fits("not a hash", "x")
    assert passwords.fits(passwords.hashed("å" * 300), "å" * 300)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 60), (6, 120), (8, 480), (11, 3600), (500, 3600)]
)
def test_each_failed_try_after_five_doubles_the_wait_up_to_an_hour(failures, seconds):
    assert rules.wait_after(failures).total_seconds() == seconds


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        (None, ""),
    ],
)
def test_an_ipv6_address_is_counted_by_its_line(address, network):
    assert rules.network_of(address) == network
