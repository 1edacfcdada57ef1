"""The municipality this application serves, for services and queries, which know no request."""

from typing import cast

from flask import current_app

from jobunivers.config import Settings
from jobunivers.shared.profile import Profile


def current_profile() -> Profile:
    """The profile that the application was made with."""
    return cast(Profile, current_app.config["PROFILE"])


def current_settings() -> Settings:
    """The settings that the application was made with."""
    return cast(Settings, current_app.config["SETTINGS"])
