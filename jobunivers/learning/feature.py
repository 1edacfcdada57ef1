"""Modules, lessons, exercises and courses. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.learning import catalogue, queries, search_catalogue
from jobunivers.learning.file_types import FILES
from jobunivers.learning.notes_keepsake import Notes
from jobunivers.learning.suggestion_pages import SUGGESTIONS
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.figures import Label
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "learning",
    views=(
        Views("views", "/modules"),
        Views("feedback_views", "/modules"),
        Views("offline_views"),
        Views("admin_views", "/admin/content"),
        Views("citizen_views", "/my/path"),
        Views("course_views", "/courses"),
        Views("draft_views", "/r"),
    ),
    keepsakes=(Notes(),),
    files=(
        *FILES,
        DataFile("figures/*.yaml", Label, "keyed", "Label, and its line or lines."),
    ),
    reads=(search_catalogue.index, catalogue.guide),
    known=Known(
        of_owner={"learning": queries.everything_about_owner},
        of_herself={"situations": queries.only_for_herself},
    ),
    labels={
        "situations": _l("What you ticked about yourself"),
        "learning": _l("Your lessons and notes"),
    },
    hers_alone=frozenset({"path.set_situations"}),
    needs=(SUGGESTIONS,),
)
