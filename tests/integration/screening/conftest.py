"""Switches of the profile."""

import dataclasses

import pytest

from jobunivers.shared.profile import Switch


def switched(app, **switches):
    """Sets parts of the screening settings; returns the profile before."""
    before = app.config["PROFILE"]
    app.config["PROFILE"] = dataclasses.replace(
        before, screening=dataclasses.replace(before.screening, **switches)
    )
    return before


@pytest.fixture
def without_health(app):
    before = switched(app, health=Switch())
    yield
    app.config["PROFILE"] = before


@pytest.fixture
def without_route_b(app):
    before = switched(app, route_b=Switch())
    yield
    app.config["PROFILE"] = before
