"""Meetings: free times, booking, moving, the calendar of staff. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.booking import (
    ending_services,
    jobs,
    meeting_jobs,
    notices,
    queries,
    times_queries,
)
from jobunivers.booking.keepsake import MeetingKeepsake
from jobunivers.booking.ports import OTHERS
from jobunivers.caseload.ports import END_UNDONE, SPELL_ENDED
from jobunivers.contact.ports import MEETINGS, TIMES
from jobunivers.shared.house import Feature, Known, Views

FEATURE = Feature(
    "booking",
    views=(
        Views("admin_views", "/admin/closing-days"),
        Views("citizen_views", "/my/meetings"),
        Views("survey_views", "/my/meetings"),
        Views("link_views", "/m"),
        Views("caseworker_views", "/caseworker/calendar"),
    ),
    keepsakes=(MeetingKeepsake(),),
    registers=(notices.register, jobs.register),
    needs=(OTHERS,),
    offers=(
        MEETINGS.answered_by(queries.meetings_for_contact),
        TIMES.answered_by(times_queries.with_times),
        SPELL_ENDED.answered_by(ending_services.spell_ended),
        END_UNDONE.answered_by(ending_services.end_undone),
    ),
    known=Known(
        of_owner={"points": queries.everything_about_owner},
        of_citizen={
            "meetings": queries.everything_about_citizen,
            "jobs": meeting_jobs.everything_about_citizen,
        },
    ),
    labels={
        "meetings": _l("Meetings"),
        "jobs": _l("Jobs"),
        "points": _l("Your points for meetings"),
    },
)
