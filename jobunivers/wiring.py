"""The house: the features it is made of. They never import each other; what one asks of another is
a port that the other's declaration answers (`shared/house.py`).
"""

from functools import partial

from flask import Flask

from jobunivers.applications.feature import FEATURE as APPLICATIONS
from jobunivers.booking.feature import FEATURE as BOOKING
from jobunivers.caseload.feature import FEATURE as CASELOAD
from jobunivers.contact.feature import FEATURE as CONTACT
from jobunivers.cv.feature import FEATURE as CV
from jobunivers.events.feature import FEATURE as EVENTS
from jobunivers.goals.feature import FEATURE as GOALS
from jobunivers.identity.feature import FEATURE as IDENTITY
from jobunivers.interviews.feature import FEATURE as INTERVIEWS
from jobunivers.labour_market.feature import FEATURE as LABOUR_MARKET
from jobunivers.learning import ports as keepsakes
from jobunivers.learning.feature import FEATURE as LEARNING
from jobunivers.messages.feature import FEATURE as MESSAGES
from jobunivers.planner.feature import FEATURE as PLANNER
from jobunivers.portal.feature import FEATURE as PORTAL
from jobunivers.screening.feature import FEATURE as SCREENING
from jobunivers.shared.content import ContentError, faults_of
from jobunivers.shared.house import Feature, open_in
from jobunivers.shared.profile import load_profile
from jobunivers.shared.sheets import Fault

# In the order in which a person reads what is known of her; notes come last when a draft is taken
# along, so `learning` stands last.
FEATURES: tuple[Feature, ...] = (
    PORTAL,
    IDENTITY,
    CASELOAD,
    BOOKING,
    EVENTS,
    CONTACT,
    SCREENING,
    MESSAGES,
    LABOUR_MARKET,
    CV,
    APPLICATIONS,
    INTERVIEWS,
    GOALS,
    PLANNER,
    LEARNING,
)


def connect(app: Flask) -> None:
    """Gives the application its features. Raises UnmetPort."""
    offer_keepsakes()
    open_in(app, FEATURES)


def offer_keepsakes() -> None:
    """Where answers of exercises live. Needs no application, so that `content check` can ask."""
    for feature in FEATURES:
        for keepsake in feature.keepsakes:
            keepsakes.register(keepsake)


def content_faults() -> list[Fault]:
    """What is wrong in the files that features read, each file once."""
    return [fault for one in FEATURES for read in one.reads for fault in faults_of(read)]


def profile_faults(code: str, *, demo: bool = False) -> list[Fault]:
    """What is wrong in a municipality's files, by themselves and for each feature."""
    try:
        profile = load_profile(code, demo=demo)
    except ContentError as error:
        return list(error.faults)
    return [
        fault
        for one in FEATURES
        for judge in one.judges
        for fault in faults_of(partial(judge, profile))
    ]
