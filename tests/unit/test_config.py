"""Settings that must not start, each with one clear line."""

import pytest

from jobunivers.config import DEMO_DATA_KEY, Settings

GOOD = "kvWq8z-1PzX0dM7cTn4rLh2uYb9sEfA3"
DATA_KEY = "a" * 43 + "="


def settings(**more):
    values = {"database_url": "sqlite:////x/real.db", "secret_key": GOOD, "data_keys": (DATA_KEY,)}
    return Settings(**{**values, **more})


@pytest.mark.parametrize("secret", ["x", "short", "a" * 64, "abcabcabc" * 8, GOOD[:31]])
def test_a_secret_that_can_be_guessed_does_not_start(secret):
    assert any("too short or too simple" in line for line in settings(secret_key=secret).problems())


def test_a_good_secret_starts():
    assert settings().problems() == []


@pytest.mark.parametrize(
    ("name", "is_demo"),
    [
        ("sqlite:////srv/demo.db", True),
        ("sqlite:////srv/jobunivers-test.db", True),
        ("postgresql+psycopg://u:p@h/ju_test_7?sslmode=require", True),
        ("postgresql+psycopg://u:p@h/demo", True),
        ("sqlite:////srv/latest.db", False),
        ("postgresql+psycopg://u:p@h/citytest", False),
        ("postgresql+psycopg://u:p@h/democracy", False),
        ("sqlite:////demo/real.db", False),
        ("postgresql+psycopg://demo:test@test/real?x=/demo", False),
    ],
)
def test_personas_need_a_database_that_is_marked_as_a_demonstration(name, is_demo):
    found = settings(database_url=name, demo=True, data_keys=(DEMO_DATA_KEY,)).problems()
    assert (found == []) is is_demo
