"""Keepsakes for tests: things in memory that remember what exercises wrote into them."""

from collections import defaultdict

from jobunivers.learning import ports as keepsakes

PREFIXES = ("cv", "letter", "interview", "goals", "planner", "meeting")


class FakeKeepsake:
    """A thing that keeps any value under owner and part; never asks a database."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.kept = defaultdict(dict)

    def parts(self):
        return None

    def read(self, owner_id, part, *, source):
        return self.kept[owner_id].get(part)

    def write(self, owner_id, part, value, *, source, now):
        self.kept[owner_id][part] = value

    def label(self, part):
        return f"your {self.prefix}"

    def link(self, part):
        return f"/my/{self.prefix}"

    def adopt(self, from_owner_id, to_owner_id, *, now):
        self.kept[to_owner_id] = {**self.kept.pop(from_owner_id, {}), **self.kept[to_owner_id]}


def replace_all(monkeypatch):
    """Puts fakes in place of all but the notes; returns them by prefix."""
    fakes = {prefix: FakeKeepsake(prefix) for prefix in PREFIXES}
    monkeypatch.setattr(keepsakes, "REGISTRY", {**fakes, "notes": keepsakes.REGISTRY["notes"]})
    return fakes
