"""How much one may write without a log-in in an hour: by draft, and by address (for IPv6 a /64). Counted
in memory, for the process: it need not be exact, only keep a script from filling the disk.
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)
MOST_KEYS = 5000


class Budget:
    """So many in an hour for each key; the keys not seen for longest are forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, key: str, now: datetime) -> bool:
        """Takes one; False when nothing is left, and then nothing is taken."""
        with self._lock:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and times[0] <= now - WINDOW:
                times.popleft()
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)
            if len(times) >= self.most:
                return False
            times.append(now)
            return True
