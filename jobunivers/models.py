"""Imports every model, so that migrations, checks and the seed see all tables."""

from jobunivers.applications import models as applications
from jobunivers.booking import models as booking
from jobunivers.caseload import models as caseload
from jobunivers.contact import models as contact
from jobunivers.cv import models as cv
from jobunivers.events import models as events
from jobunivers.goals import models as goals
from jobunivers.identity import models as identity
from jobunivers.interviews import models as interviews
from jobunivers.labour_market import models as labour_market
from jobunivers.learning import models as learning
from jobunivers.messages import models as messages
from jobunivers.planner import models as planner
from jobunivers.screening import models as screening
from jobunivers.shared import audit, once
from jobunivers.shared.db import Base

__all__ = [
    "Base",
    "applications",
    "audit",
    "booking",
    "caseload",
    "contact",
    "cv",
    "events",
    "goals",
    "identity",
    "interviews",
    "labour_market",
    "learning",
    "messages",
    "once",
    "planner",
    "screening",
]
metadata = Base.metadata
