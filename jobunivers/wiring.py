"""The wiring between features, which never import each other: keepsakes, shareables, signals, jobs."""

from flask import Flask

from jobunivers.booking import jobs as booking_jobs
from jobunivers.booking import notices as booking_notices
from jobunivers.booking import queries as booking
from jobunivers.booking.keepsake import MeetingKeepsake
from jobunivers.contact import jobs as contact_jobs
from jobunivers.contact import notices as contact_notices
from jobunivers.contact import queries as contact
from jobunivers.cv.keepsake import CvKeepsake
from jobunivers.learning import keepsakes


def connect(app: Flask) -> None:
    """Registers what features offer with those that use it."""
    for keepsake in (CvKeepsake(), MeetingKeepsake()):
        keepsakes.register(keepsake)
    contact.meetings_come_from(booking.meetings_for_contact)
    for feature in (contact_notices, contact_jobs, booking_notices, booking_jobs):
        feature.register()
