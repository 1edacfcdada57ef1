"""Anchors: where each log ended on a day, written down outside the database. Whoever holds a backup
and all keys can make a log that fits itself; the lines in a file, in the service's own log and in a
mailbox still say what it was.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from jobunivers.shared import chain

TEXT = re.compile(r"(?P<log>[a-z]+) (?P<number>\d+) (?P<hash>[0-9a-f]{64})")


class AnchorError(Exception):
    """An anchor that cannot be read; one clear line."""


@dataclass(frozen=True)
class Anchor:
    """At that moment the log ended with this link."""

    at: str
    log: str
    number: int
    hash: str

    def text(self) -> str:
        """As it stands in a mail or on paper: "audit 123 0a1b..."."""
        return f"{self.log} {self.number} {self.hash}"


def take(now: datetime) -> list[Anchor]:
    """Where the logs end now."""
    at = now.isoformat(timespec="seconds")
    return [Anchor(at, *head) for head in chain.list_heads()]


def write(file: Path, anchors: list[Anchor]) -> None:
    """Adds the lines to the file, safely on the disk when this returns; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(number, "a", encoding="utf-8") as out:
        for anchor in anchors:
            out.write(json.dumps(asdict(anchor)) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read(file: Path | None) -> list[Anchor]:
    """All anchors of the file, oldest first; none when there is no file."""
    if file is None or not file.is_file():
        return []
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Anchor(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise AnchorError(f"{file.name}, line {number}: this is no anchor") from error
    return found


def from_text(text: str) -> Anchor:
    """An anchor as it stands in a mail. Raises AnchorError."""
    parts = TEXT.fullmatch(text.strip())
    if parts is None:
        raise AnchorError(f"{text!r} is no anchor: it looks like 'audit 123 0a1b2c...'")
    return Anchor("", parts["log"], int(parts["number"]), parts["hash"])


def of_log(anchors: list[Anchor], log: str) -> list[tuple[int, str]]:
    """What was written down of one log, as its `verify` takes it."""
    return [(anchor.number, anchor.hash) for anchor in anchors if anchor.log == log]
