"""What is in demand here: barometer, programmes, jobs. Declared for the rest of the house."""

from jobunivers.labour_market import catalogue
from jobunivers.labour_market.ports import POINTS, TASKS, TITLES
from jobunivers.labour_market.types import OccupationSheet
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.house import Feature, Views

FEATURE = Feature(
    "labour_market",
    views=(
        Views("views", "/in-demand"),
        Views("programme_views", "/programmes"),
        Views("admin_views", "/admin/barometer"),
        Views("job_views", "/jobs"),
        Views("job_admin_views", "/admin/jobs"),
    ),
    reads=(catalogue.occupations,),
    files=(DataFile("labour_market/occupations.yaml", OccupationSheet),),
    judges=(catalogue.judge,),
    needs=(
        TITLES,
        TASKS,
        POINTS,
    ),
)
