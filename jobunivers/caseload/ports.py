"""What features above do when a period out of work begins, ends or goes on after all; each in the
same transaction.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from jobunivers.caseload.types import SpellEnd, Undoing
from jobunivers.shared.house import Port

ARRIVED: Port[Callable[[UUID, datetime], object]] = Port("caseload.arrived")
SPELL_ENDED: Port[Callable[[SpellEnd], object]] = Port("caseload.spell_ended")
END_UNDONE: Port[Callable[[Undoing, UUID, datetime], object]] = Port("caseload.end_undone")
