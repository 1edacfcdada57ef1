"""Messages, notices and the outbox. Declared for the rest of the house."""

from flask_babel import lazy_gettext as _l

from jobunivers.messages import jobs, queries
from jobunivers.shared.house import Feature, Known

FEATURE = Feature(
    "messages",
    registers=(jobs.register,),
    known=Known(of_citizen={"messages": queries.everything_about_citizen}),
    labels={"messages": _l("Messages")},
)
