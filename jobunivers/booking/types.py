"""Words of booking."""

from enum import StrEnum


class Form(StrEnum):
    """How people meet."""

    PHONE = "phone"
    VIDEO = "video"
    OFFICE = "office"
    LIBRARY = "library"


class AppointmentStatus(StrEnum):
    """settled question 9; moving keeps `booked` and leaves a history row."""

    REQUESTED = "requested"
    BOOKED = "booked"
    HELD = "held"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    MISSED = "missed"
    UNKNOWN = "unknown"
