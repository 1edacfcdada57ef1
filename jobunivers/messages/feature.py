"""Messages, notices and the outbox. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.messages import bounce_jobs, jobs, queries
from jobunivers.messages.ports import RECIPIENT
from jobunivers.shared.house import Feature, Known

FEATURE = Feature(
    "messages",
    registers=(jobs.register, bounce_jobs.register),
    known=Known(of_citizen={"messages": queries.everything_about_citizen}),
    needs=(RECIPIENT,),
    labels={"messages": _l("Messages")},
)
