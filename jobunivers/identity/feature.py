"""Who somebody is: log-in, sessions, staff and owners. Declared for the rest of the house."""

from jobunivers.identity import jobs, mail_jobs
from jobunivers.identity.ports import CITIZENS, LEFT
from jobunivers.shared.house import Feature, Views

FEATURE = Feature(
    "identity",
    views=(
        Views("views"),
        Views("session_views"),
        Views("openid_views", "/log-in/with"),
        Views("email_views", "/log-in/e-mail"),
        Views("staff_views", "/log-in/staff"),
        Views("demo_views", "/demo"),
        Views("admin_views", "/admin/staff"),
    ),
    registers=(mail_jobs.register, jobs.register),
    needs=(CITIZENS, LEFT),
)
