"""Time is read in one place, and no test depends on the day of the machine that runs it."""

import ast
from datetime import datetime
from pathlib import Path

from jobunivers.commands._test_starts import OTHER_STARTS
from jobunivers.shared import clock
from tests.support import clock as suite

ROOT = Path(__file__).parents[2]
MACHINE = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "strftime"),
    ("clock", "real_now"),
    ("time_machine", "travel"),
    ("func", "now"),
    ("func", "current_date"),
    ("func", "current_timestamp"),
}
KEEP_THE_MACHINES_TIME = {  # file of a test -> what of it the product itself reads from the machine
    "tests/integration/identity/test_defences.py": "form tokens of two machines",
    "tests/integration/identity/test_email.py": "a mailed link is refused after real minutes",
    "tests/integration/identity/test_sessions.py": "sessions end after real minutes",
    "tests/integration/identity/test_staff.py": "one-time codes and locked log-ins",
    "tests/integration/identity/test_shared_computer.py": "log-ins that end",
    "tests/integration/messages/test_bounces.py": "signatures of other machines",
    "tests/integration/messages/test_processes.py": "leases of workers",
    "tests/integration/messages/test_worker.py": "leases of workers",
    "tests/support/make_identity.py": "one-time codes",
}
READERS = {"jobunivers/shared/clock.py"}


def calls(path):
    """(line, name of the object, name of the method, arguments) of each call `a.b(...)`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            yield node.lineno, name, node.func.attr, node.args


def found_in(folder, wanted):
    return {
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, owner, method, arguments in calls(path)
        if wanted(owner, method, arguments)
    }


def test_no_test_reads_the_machines_time_for_what_the_product_decides():
    found = found_in("tests", lambda owner, method, _given: (owner, method) in MACHINE)
    assert {place for place in found if place.split(":")[0] not in KEEP_THE_MACHINES_TIME} == set()
    assert {place.split(":")[0] for place in found} == set(KEEP_THE_MACHINES_TIME)


def test_no_test_goes_back_to_the_machines_time():
    """`clock.start_at(None)` would leave the suite's clock for the rest of the test."""
    assert (
        found_in(
            "tests",
            lambda owner, method, given: (
                method == "start_at" and isinstance(given[0], ast.Constant)
            ),
        )
        == set()
    )


def test_the_product_reads_time_in_one_place():
    allowed = MACHINE - {("clock", "real_now")}
    found = found_in("jobunivers", lambda owner, method, _given: (owner, method) in allowed)
    assert {place for place in found if place.split(":")[0] not in READERS} == set()


def test_every_test_begins_at_the_suites_moment():
    assert 0 <= (clock.now() - suite.start()).total_seconds() < 60


def test_other_starts_are_the_awkward_ones():
    moments = [datetime.fromisoformat(start) for start in OTHER_STARTS.values()]
    local = [clock.local(moment) for moment in moments]
    assert all(moment.tzinfo for moment in moments) and len(set(moments)) == 12
    assert {moment.month * 100 + moment.day for moment in local} >= {102, 229, 328, 1025, 1224}
    assert {moment.hour for moment in local} >= {0, 2, 3, 8, 10, 12, 21, 23}


def test_a_day_is_danish_everywhere():
    """`clock.danish_day` says on which day an instant falls. Databases reckon in UTC, so `func.date`
    is refused; so is `.date()` on what was not put on the Danish clock in the same expression.
    """
    found = set()
    for path in sorted((ROOT / "jobunivers").rglob("*.py")):
        place = str(path.relative_to(ROOT))
        if "migrations" in path.parts or place in READERS:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            made_by = owner.func if isinstance(owner, ast.Call) else None
            is_local = getattr(made_by, "attr", "") in ("astimezone", "strptime", "local")
            if getattr(owner, "attr", getattr(owner, "id", "")) == "func":
                is_refused = node.func.attr == "date"
            else:
                is_refused = node.func.attr == "date" and not is_local and not node.args
            if is_refused and getattr(owner, "id", "") != "local":  # a name that says it is local
                found.add(f"{place}:{node.lineno}")
    assert found == set()
