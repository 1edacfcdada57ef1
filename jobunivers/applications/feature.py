"""Letters to employers. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.applications import letter_file, queries
from jobunivers.applications.keepsake import LetterKeepsake
from jobunivers.applications.ports import SENDER
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "applications",
    views=(Views("citizen_views", "/my/letters"),),
    reads=(letter_file.all_labels,),
    files=(DataFile("applications/labels.yaml", letter_file.Labels, "keyed"),),
    keepsakes=(LetterKeepsake(),),
    known=Known(of_owner={"letters": queries.everything_about_owner}),
    labels={"letters": _l("Your applications")},
    hers_alone=frozenset({"letters.delete_letter"}),
    needs=(SENDER,),
)
