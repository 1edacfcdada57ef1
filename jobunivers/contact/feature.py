"""What comes next for a citizen, by law and by plan. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.contact import jobs, notices, queries
from jobunivers.contact.ports import MEETINGS, TIMES
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "contact",
    views=(
        Views("caseworker_views", "/caseworker/lists"),
        Views("exemption_caseworker_views", "/caseworker/citizens"),
    ),
    registers=(notices.register, jobs.register),
    known=Known(of_citizen={"contact": queries.everything_about_citizen}),
    labels={"contact": _l("What comes next")},
    needs=(MEETINGS, TIMES),
)
