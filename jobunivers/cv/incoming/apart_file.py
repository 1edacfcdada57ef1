"""Reads a file in a process of its own, so that one that was made to be slow or large harms nobody
else: five seconds of work, half a gigabyte, no network and no database in reach of its code.
"""

import json
import subprocess
import sys

from jobunivers.config import ROOT
from jobunivers.cv.incoming import chosen_file as files
from jobunivers.cv.incoming.parts_file import Unreadable

SECONDS, WAIT, MEMORY = 5, 60, 512 * 2**20
COMMAND: tuple[str, ...] = (sys.executable, "-m", "jobunivers.cv.incoming.apart_file")


def read_all(data: bytes) -> files.Found:
    """As files.read_all. A file that takes too much is Unreadable("broken")."""
    if len(data) > files.LARGEST:
        raise Unreadable("large")
    try:
        done = subprocess.run(  # noqa: S603 -- our own module; the file is its input, never a word
            COMMAND, input=data, capture_output=True, timeout=WAIT, cwd=ROOT, check=False
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Unreadable("broken") from None
    if "why" in answer:
        raise Unreadable(answer["why"])
    cv = files.read_json(answer["cv"])
    return files.Found(cv, tuple(answer["left"]), answer["is_guessed"])


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time to wait holds there too
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Reads the file on standard input and writes what is in it as JSON."""
    _limit()
    try:
        found = files.read_all(sys.stdin.buffer.read(files.LARGEST + 1))
        answer: dict[str, object] = {"cv": files.as_json(found.cv), "left": found.left}
        answer |= {"is_guessed": found.is_guessed}
    except Unreadable as unreadable:
        answer = {"why": unreadable.code}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
