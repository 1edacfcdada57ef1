"""The pages that put several features together. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.portal import anchor_jobs, erasure_services
from jobunivers.shared.house import Feature, Views

FEATURE = Feature(
    "portal",
    views=(
        Views("views"),
        Views("operation_views"),
        Views("citizen_views", "/my"),
        Views("message_views", "/my/messages"),
        Views("data_views", "/my/data"),
        Views("caseworker_views", "/caseworker"),
        Views("caseworker_citizen_views", "/caseworker/citizens"),
        Views("case_ending_views", "/caseworker/citizens"),
        Views("caseworker_message_views", "/caseworker"),
        Views("demo_mail_views", "/demo/mail"),
        Views("admin_views", "/admin"),
        Views("coordinator_views", "/coordinator"),
    ),
    registers=(anchor_jobs.register, erasure_services.register),
    labels={"account": _l("Your log-in"), "looks": _l("Who has looked")},
    hers_alone=frozenset({"data.download_json", "data.download_zip", "data.delete"}),
)
