"""Words of log-in: what is wrong with a password, and what staff may do."""

from flask_babel import lazy_gettext as _l

from jobunivers.identity.types import Grant, Withheld

PROBLEMS = {
    "short": _l(
        "The password must have at least 12 characters. Three or four words that have "
        "nothing to do with each other are easy to remember."
    ),
    "long": _l("The password may have at most 1,000 characters."),
    "easy": _l(
        "This password is easy to guess: it is made of common words, your name, or keys "
        "in a row. Choose words that have nothing to do with each other."
    ),
}

GRANT_WORDS = {
    Grant.CASEWORKER: _l("Caseworker"),
    Grant.COORDINATOR: _l("Team coordinator"),
    Grant.ADMIN: _l("Administrator"),
    Grant.HEALTH_ANSWERS: _l("May see answers about health"),
    Grant.EXEMPTION: _l("May exempt citizens"),
}
WITHHELD_WORDS = {
    Withheld.NOT: _l("By name"),
    Withheld.PROTECTED: _l("By role and team: the colleague has a protected name and address"),
    Withheld.THREATENED: _l("By role and team: the colleague has been threatened"),
}

LOG_IN_EVENTS = {
    "log_in.in": _l("Logged in"),
    "log_in.failed": _l("Somebody tried to log in and failed"),
    "log_in.link": _l("A link to log in was sent"),
    "log_in.out": _l("Logged out"),
    "log_in.ended": _l("Logged out on other devices"),
    "log_in.password": _l("The password was changed"),
    "log_in.code_app": _l("The code app was set up or taken away"),
    "log_in.codes": _l("New recovery codes were made"),
    "log_in.code_used": _l("A recovery code was used"),
    "log_in.directory": _l("The directory’s way in was taken away"),
}
METHODS = {
    "oidc": _l("with MitID or the municipality’s directory"),
    "email_link": _l("with a link by e-mail"),
    "password": _l("with a password"),
    "code": _l("with a code"),
}
