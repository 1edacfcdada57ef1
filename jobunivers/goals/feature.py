"""Job goals in one's own words. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.goals import queries
from jobunivers.goals.keepsake import GoalsKeepsake
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "goals",
    views=(Views("citizen_views", "/my/goals"),),
    keepsakes=(GoalsKeepsake(),),
    known=Known(of_owner={"goals": queries.everything_about_owner}),
    labels={"goals": _l("Your job goals")},
)
