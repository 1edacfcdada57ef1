"""The CV, its versions and its files. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.cv import catalogue, version_queries
from jobunivers.cv.keepsake import CvKeepsake
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "cv",
    views=(
        Views("citizen_views", "/my/cv"),
        Views("file_views", "/my/cv"),
        Views("version_views", "/my/cv/versions"),
        Views("import_views", "/my/cv/import"),
    ),
    reads=(catalogue.labels_of_all, catalogue.language_words),
    files=catalogue.FILES,
    keepsakes=(CvKeepsake(),),
    known=Known(of_owner={"cv": version_queries.everything_about_owner}),
    labels={"cv": _l("Your CV")},
    hers_alone=frozenset({"cv_versions.delete_version"}),
)
