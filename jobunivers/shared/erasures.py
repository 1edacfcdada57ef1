"""The journal of erasures: who was erased, as a hash, written down outside the database. When the
database is lost altogether, an older backup does not bring anybody back.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from jobunivers.extensions import db
from jobunivers.shared import clock
from jobunivers.shared.current import current_settings

WAITING = "erasures"


class JournalError(Exception):
    """A journal that cannot be read; one clear line."""


@dataclass(frozen=True)
class Erasure:
    """Somebody was erased; `what` is "case" or "own_work", `at` the machine's time."""

    at: str
    what: str
    subject: str


def note_when_done(subject: str, what: str) -> None:
    """Adds a line when the transaction of the erasure has ended well, and not otherwise."""
    settings = current_settings()
    if not settings.erasures:
        return
    erasure = Erasure(clock.real_now().isoformat(), what, subject)
    db.session.info.setdefault(WAITING, []).append((settings.erasures, erasure))


@event.listens_for(Session, "after_commit")
def _write_waiting(session: Session) -> None:
    if not session.in_nested_transaction():
        for file, erasure in session.info.pop(WAITING, ()):
            add(Path(file), [erasure])


@event.listens_for(Session, "after_rollback")
def _forget_waiting(session: Session) -> None:
    session.info.pop(WAITING, None)


def add(file: Path, erasures: list[Erasure]) -> None:
    """Adds the lines, safely on the disk when this returns; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(number, "a", encoding="utf-8") as out:
        out.write("".join(json.dumps(asdict(one)) + "\n" for one in erasures))
        out.flush()
        os.fsync(out.fileno())


def read(file: Path | None) -> list[Erasure]:
    """All of the file, oldest first; none when there is no file. A last line cut off by a crash is
    left out. Raises JournalError.
    """
    if file is None or not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(Erasure(**json.loads(line)))
        except (ValueError, TypeError):
            if number == len(lines) and not line.endswith("\n"):
                break
            raise JournalError(f"{file.name}, line {number}: this is no erasure") from None
    return found


def since(erasures: list[Erasure], moment: datetime) -> frozenset[str]:
    """Whose own work was erased after that moment: what she made later stays."""
    return frozenset(
        one.subject
        for one in erasures
        if one.what == "own_work" and datetime.fromisoformat(one.at) >= moment
    )
