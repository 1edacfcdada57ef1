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
