"""Citizens, their periods out of work, caseworkers and teams. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.caseload import jobs, notices, protection_queries, queries
from jobunivers.caseload.ports import ARRIVED, END_UNDONE, SPELL_ENDED
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "caseload",
    views=(
        Views("coordinator_views", "/coordinator/log-ins"),
        Views("intake_views", "/coordinator/intake"),
        Views("admin_views", "/admin/teams"),
        Views("citizen_views", "/my/settings"),
        Views("way_in_views"),
        Views("protection_views", "/caseworker/citizens"),
        Views("caseworker_views", "/caseworker/citizens"),
    ),
    registers=(notices.register, jobs.register),
    known=Known(
        of_citizen={
            "person": queries.everything_about_citizen,
            "name_protection": protection_queries.everything_about_citizen,
        }
    ),
    labels={"person": _l("You and your case"), "name_protection": _l("Protected name and address")},
    hers_alone=frozenset(
        {
            "settings.save_contact",
            "settings.save_channel",
            "settings.end_helper",
            "ways_in.answer_myself",
        }
    ),
    needs=(
        ARRIVED,
        SPELL_ENDED,
        END_UNDONE,
    ),
)
