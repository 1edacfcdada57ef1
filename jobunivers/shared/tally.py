"""How many answers were given, counted by every web process of this house and told by any of them.

Each process writes into a row of its own in memory that all of them share, so that nothing is
counted twice, and no lock is held across processes.
"""

import threading
from ctypes import Array, c_double, c_uint64
from multiprocessing.sharedctypes import RawArray

from flask import Flask

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "other")
STATUSES = range(100, 600)
CELLS = len(METHODS) * len(STATUSES)
EXTENSION = "tally"


class Tally:
    """Answers by method and status, and the seconds spent; a row for each of `processes`."""

    def __init__(self, processes: int) -> None:
        self.processes, self.row = processes, 0
        self._answers: Array[c_uint64] = RawArray(c_uint64, CELLS * processes)
        self._seconds: Array[c_double] = RawArray(c_double, processes)
        self._lock = threading.Lock()

    def count(self, method: str, status: int, seconds: float) -> None:
        """One answer of this process."""
        name = method if method in METHODS else "other"
        cell = METHODS.index(name) * len(STATUSES) + min(max(status, 100), 599) - STATUSES.start
        with self._lock:
            self._answers[self.row * CELLS + cell] += 1
            self._seconds[self.row] += seconds

    def answers(self) -> dict[tuple[str, int], int]:
        """(method, status) -> answers of all processes; none that never happened."""
        numbers = list(self._answers)
        found = {}
        for cell in range(CELLS):
            if number := sum(numbers[cell::CELLS]):
                method, status = divmod(cell, len(STATUSES))
                found[METHODS[method], STATUSES[status]] = number
        return found

    def seconds(self) -> float:
        """Spent on answering by all processes."""
        return sum(self._seconds)


def share(app: Flask, processes: int) -> None:
    """Makes room for that many processes; call it before they begin."""
    app.extensions[EXTENSION] = Tally(processes)


def of(app: Flask) -> Tally:
    """The counts of this application."""
    found: Tally = app.extensions[EXTENSION]
    return found


def count_in(app: Flask, row: int) -> None:
    """This process counts in that row; one that takes a dead one's place counts on."""
    of(app).row = row
