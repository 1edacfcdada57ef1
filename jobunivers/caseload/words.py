"""Words of a case: how it ended, why somebody looks, how one is reached, what a helper may see."""

from flask_babel import lazy_gettext as _l

from jobunivers.caseload.types import Outcome, Purpose, WayIn
from jobunivers.messages.types import Channel

OUTCOMES = {
    Outcome.JOB: _l("Job"),
    Outcome.EDUCATION: _l("Education"),
    Outcome.SICK_LEAVE: _l("Sick leave"),
    Outcome.PARENTAL_LEAVE: _l("Parental leave"),
    Outcome.PENSION: _l("Pension"),
    Outcome.MOVED: _l("Moved to another municipality"),
    Outcome.DEATH: _l("Death"),
    Outcome.OTHER: _l("Something else"),
}

PURPOSES = {
    Purpose.OWN_CASELOAD: _l("My own citizen"),
    Purpose.STANDING_IN: _l("I stand in for a colleague"),
    Purpose.CITIZEN_CALLED: _l("The citizen has called or written"),
    Purpose.MEETING: _l("I take part in a meeting"),
    Purpose.SUPERVISION: _l("Quality control"),
}

CHANNELS = {
    Channel.EMAIL: _l("E-mail"),
    Channel.SMS: _l("Text message (SMS)"),
    Channel.LETTER: _l("A letter on paper"),
    Channel.NONE: _l("Nothing. I look here myself"),
}

SCOPES = {"all": _l("Everything"), "meetings": _l("Meetings only")}

WAYS = {
    WayIn.ADDRESS: _l("Another e-mail address"),
    WayIn.EMAIL_LOG_IN: _l("A link by e-mail opens the case"),
    WayIn.HELPER: _l("A helper acts for the citizen"),
    WayIn.LOG_IN: _l("A log-in with MitID belongs to the citizen"),
}
