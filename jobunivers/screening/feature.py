"""Questions about help, flags that people decide on. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.screening import catalogue, jobs, notices, queries
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "screening",
    views=(
        Views("citizen_views", "/my/screening"),
        Views("caseworker_views", "/caseworker/flags"),
        Views("together_views", "/caseworker/screening"),
    ),
    registers=(notices.register, jobs.register),
    reads=(catalogue.read_all,),
    files=catalogue.FILES,
    judges=(catalogue.judge,),
    known=Known(of_citizen={"screening": queries.everything_about_citizen}),
    labels={"screening": _l("Your answers about help")},
    hers_alone=frozenset({"screening.delete_health_answers", "screening.take_back"}),
)
