"""Practice for job interviews. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.interviews import catalogue, queries
from jobunivers.interviews.keepsake import InterviewKeepsake
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "interviews",
    views=(Views("citizen_views", "/my/interviews"),),
    reads=(catalogue.questions,),
    files=(DataFile("interviews/questions.yaml", catalogue.Question, "rows"),),
    keepsakes=(InterviewKeepsake(),),
    known=Known(of_owner={"interviews": queries.everything_about_owner}),
    labels={"interviews": _l("Your answers for interviews")},
)
