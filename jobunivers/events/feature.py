"""Events that anybody may come to. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.events import jobs, notices, queries
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "events",
    views=(
        Views("views", "/events"),
        Views("citizen_views", "/events"),
        Views("admin_views", "/admin/events"),
    ),
    registers=(notices.register, jobs.register),
    known=Known(of_citizen={"events": queries.everything_about_citizen}),
    labels={"events": _l("Events")},
)
