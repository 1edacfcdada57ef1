"""Where meetings and free times come from: the feature with the appointments lies above."""

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa

from jobunivers.contact.types import WantedTime
from jobunivers.shared.house import Port

# A subquery with citizen_id, kind, starts_at, ends_at and status (text).
MEETINGS: Port[Callable[[], sa.Subquery]] = Port("contact.meetings")

# Those for whom there is a time to book now.
TIMES: Port[Callable[[Sequence[WantedTime], datetime], frozenset[WantedTime]]] = Port(
    "contact.times"
)
