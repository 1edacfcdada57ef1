"""What each person of the demonstration shows, in the reader's language; citizens first."""

from flask_babel import lazy_gettext as _l

CITIZENS = {
    "citizen-da": _l("Insured, 20 weeks out of work"),
    "citizen-uk": _l("Displaced from Ukraine, reads Ukrainian, wants an interpreter"),
    "citizen-en": _l("International graduate, reads English"),
    "graduate-da": _l("Before graduation, no case with the municipality yet"),
    "citizen-new": _l("First day, nothing filled in"),
    "citizen-quiet": _l("Has not been seen for weeks"),
    "citizen-paper": _l("Does nothing digital; you log in as her helper"),
}
STAFF = {
    "caseworker": _l("Caseworker of most of them"),
    "caseworker-2": _l("Colleague, in both teams"),
    "adviser": _l("Adviser on impairment, may see answers about health"),
    "coordinator": _l("Coordinator of both teams"),
    "admin": _l("The municipality’s administrator"),
}
