"""Words of the review: what may be chosen, and why."""

from flask_babel import lazy_gettext as _l

from jobunivers.screening.types import Choice, Reason

CHOICES = {
    Choice.OFFER_NOW: _l("Offer it now"),
    Choice.OFFER_LATER: _l("Offer it later"),
    Choice.STANDARD_OFFER: _l("Keep to the standard offer"),
    Choice.OTHER_SUPPORT: _l("Other support"),
}

REASONS = {
    Reason.ALREADY_SORTED: _l("It is already sorted"),
    Reason.CITIZEN_DECLINED: _l("The citizen does not want it"),
    Reason.CITIZEN_ASKED: _l("The citizen asked for it"),
    Reason.ANSWERS_WRONG_OR_OLD: _l("The answers are wrong or old"),
    Reason.LIFE_EVENT: _l("Something has happened in her life"),
    Reason.HEALTH_NOT_CAPTURED: _l("Health that the questions do not show"),
    Reason.LOCAL_JOB_MARKET: _l("The local job market"),
    Reason.OTHER_SCHEME_FITS: _l("Another scheme fits better"),
    Reason.LANGUAGE_OR_DIGITAL_BARRIER: _l("Language or digital barrier"),
    Reason.DUPLICATE_CONTACT: _l("We are already in contact about this"),
    Reason.CAPACITY: _l("No capacity now"),
    Reason.MODEL_SEEMS_WRONG: _l("The suggestion seems wrong"),
    Reason.OTHER: _l("Another reason"),
}
