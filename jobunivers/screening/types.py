"""Words of the screening."""

from enum import StrEnum


class Route(StrEnum):
    """Why somebody is offered more: needs (A), points within capacity (B), time (C), or chance."""

    NEEDS = "needs"
    POINTS = "points"
    TIME = "time"
    RANDOM = "random"


QUEUE_ORDER = (Route.NEEDS, Route.TIME, Route.POINTS, Route.RANDOM)  # settled question 11


class FlagStatus(StrEnum):
    """Open until a person has decided."""

    OPEN = "open"
    DECIDED = "decided"


class Choice(StrEnum):
    """What a caseworker can decide on a flag; there is no default."""

    OFFER_NOW = "offer_now"
    OFFER_LATER = "offer_later"
    STANDARD_OFFER = "standard_offer"
    OTHER_SUPPORT = "other_support"


class Reason(StrEnum):
    """Reason codes of a review."""

    ALREADY_SORTED = "already_sorted"
    CITIZEN_DECLINED = "citizen_declined"
    CITIZEN_ASKED = "citizen_asked"
    ANSWERS_WRONG_OR_OLD = "answers_wrong_or_old"
    LIFE_EVENT = "life_event"
    HEALTH_NOT_CAPTURED = "health_not_captured"
    LOCAL_JOB_MARKET = "local_job_market"
    OTHER_SCHEME_FITS = "other_scheme_fits"
    LANGUAGE_OR_DIGITAL_BARRIER = "language_or_digital_barrier"
    DUPLICATE_CONTACT = "duplicate_contact"
    CAPACITY = "capacity"
    MODEL_SEEMS_WRONG = "model_seems_wrong"
    OTHER = "other"
