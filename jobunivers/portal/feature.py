"""The pages that put several features together. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.applications.ports import SENDER
from jobunivers.booking.ports import OTHERS
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.ports import ARRIVED
from jobunivers.identity.ports import CITIZENS, LEFT
from jobunivers.labour_market.ports import POINTS, TASKS, TITLES
from jobunivers.learning.suggestion_pages import SUGGESTIONS
from jobunivers.messages.ports import RECIPIENT
from jobunivers.portal import anchor_jobs, erasure_services, leaving_services, ports
from jobunivers.shared.house import Feature, Views

FEATURE = Feature(
    "portal",
    views=(
        Views("views"),
        Views("operation_views"),
        Views("bounce_views"),
        Views("citizen_views", "/my"),
        Views("message_views", "/my/messages"),
        Views("data_views", "/my/data"),
        Views("caseworker_views", "/caseworker"),
        Views("caseworker_citizen_views", "/caseworker/citizens"),
        Views("case_ending_views", "/caseworker/citizens"),
        Views("caseworker_message_views", "/caseworker"),
        Views("demo_mail_views", "/demo/mail"),
        Views("component_views", "/demo/components"),
        Views("admin_views", "/admin"),
        Views("coordinator_views", "/coordinator"),
        Views("team_views", "/coordinator/team"),
    ),
    registers=(anchor_jobs.register, erasure_services.register),
    offers=(
        CITIZENS.answered_by(ports.CitizensOfCaseload()),
        LEFT.answered_by(leaving_services.release),
        ARRIVED.answered_by(ports.plan_first),
        RECIPIENT.answered_by(caseload.recipient_of),
        SUGGESTIONS.answered_by(ports.FromAnswers()),
        SENDER.answered_by(ports.sender_from_cv),
        OTHERS.answered_by(ports.events_of),
        TITLES.answered_by(ports.keep_title),
        TASKS.answered_by(ports.keep_job),
        POINTS.answered_by(ports.ask_at_next_meeting),
    ),
    labels={
        "account": _l("Your log-in"),
        "looks": _l("Who has looked"),
        "records": _l("Every row as it is stored"),
    },
    hers_alone=frozenset({"data.download_json", "data.download_zip", "data.delete"}),
)
