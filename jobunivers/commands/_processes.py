"""As many web processes as there are cores, behind one socket: Python computes on one core a process.

The parent loads the house once and forks, so that texts, templates and code are in memory once. After
that it only watches: it begins a dead process anew, and tells all to end when it is told to. When the
parent itself is killed, its children see their pipe close and end, too.
"""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from jobunivers.shared import logs

AT_LEAST_SECONDS = 1.0  # a process that dies sooner is not begun again at once
CAN_FORK = hasattr(os, "fork")
ENDING = (signal.SIGTERM, signal.SIGINT)


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """`how_many` children that run `work(number)`, each number once at a time. `patience`: seconds
    between the wish to end and the end by force.
    """

    def __init__(self, work: Callable[[int], None], *, how_many: int, patience: float) -> None:
        self.work, self.how_many, self.patience = work, how_many, patience
        self.numbers: dict[int, int] = {}  # process id -> number
        self._began: dict[int, float] = {}
        self._stop = False
        self._alive, self._held = os.pipe()  # the parent holds it open as long as it lives

    def run(self) -> None:
        """Returns when all have ended after SIGTERM or Ctrl-C."""
        gc.collect()
        gc.freeze()  # what is shared stays shared: no child writes into it while it counts
        for ending in ENDING:
            signal.signal(ending, self._end)
        for number in range(self.how_many):
            self._begin(number)
        self._watch()

    def _begin(self, number: int) -> None:
        # A signal between fork and the child's own handlers waits until they stand.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        if child := 0 if self._stop else os.fork():
            self.numbers[child], self._began[child] = number, time.monotonic()
        if child or self._stop:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
            return
        status = 1
        try:
            os.close(self._held)
            for ending in ENDING:
                signal.signal(ending, signal.SIG_DFL)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
            self.work(number)
            status = 0
        except BaseException as error:
            logs.say("web process fails", error=type(error).__name__)
        finally:
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._alive, 1)  # returns when nobody holds the other end any more
        os.kill(os.getpid(), signal.SIGTERM)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop:
            return
        self._stop = True
        self._tell(signal.SIGTERM)
        signal.signal(signal.SIGALRM, lambda _number, _frame: self._tell(signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, self.patience)

    def _tell(self, number: signal.Signals) -> None:
        for child in tuple(self.numbers):
            os.kill(child, number)

    def _watch(self) -> None:
        while self.numbers:
            child, status = os.wait()
            number = self.numbers.pop(child, None)
            lived = time.monotonic() - self._began.pop(child, 0)
            if number is None or self._stop:
                continue
            logs.say("web process ended, another begins", code=os.waitstatus_to_exitcode(status))
            if lived < AT_LEAST_SECONDS:
                time.sleep(AT_LEAST_SECONDS)
            self._begin(number)
        signal.setitimer(signal.ITIMER_REAL, 0)
