"""What to do, and what was done. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.planner import queries
from jobunivers.planner.keepsake import PlannerKeepsake
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "planner",
    views=(Views("citizen_views", "/my/planner"),),
    keepsakes=(PlannerKeepsake(),),
    known=Known(of_owner={"planner": queries.everything_about_owner}),
    labels={"planner": _l("Your plan")},
)
