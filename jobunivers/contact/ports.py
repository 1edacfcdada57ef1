"""Where meetings come from: the feature with the appointments lies above."""

from collections.abc import Callable

import sqlalchemy as sa

from jobunivers.shared.house import Port

# A subquery with citizen_id, kind, starts_at, ends_at and status (text).
MEETINGS: Port[Callable[[], sa.Subquery]] = Port("contact.meetings")
