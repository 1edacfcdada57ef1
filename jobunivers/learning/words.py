"""Words of the catalogue's groups."""

from flask_babel import lazy_gettext as _l

GROUP_NAMES = {
    "start": _l("Start here"),
    "direction": _l("Find your direction"),
    "apply": _l("Apply for a job"),
    "upskill": _l("Learn more"),
    "daily": _l("Health and everyday life"),
    "denmark": _l("Work in Denmark"),
}
