"""`content stamp`: writes the hash of the Danish text into its translations, and new exercise keys
into the register.
"""

import re
from pathlib import Path

from jobunivers.learning.catalogue.reading import LEARNING, Reading
from jobunivers.learning.types import DANISH
from jobunivers.shared.content import read_text, read_yaml

LINE = re.compile(r"^translated_from:.*$", re.MULTILINE)


def stamp(reading: Reading, folder: Path = LEARNING) -> list[Path]:
    """Says that every translation is up to date with its Danish text now. Returns the files that
    changed.
    """
    changed = []
    for (module, stem, code), document in reading.documents.items():
        danish = reading.documents[module, stem, DANISH]
        if code == DANISH or document.front.get("translated_from") == danish.content_hash:
            continue
        text = read_text(document.path)
        line = f"translated_from: {danish.content_hash!r}"
        head, body = text[4:].split("\n---\n", 1)
        head = LINE.sub(line, head) if LINE.search(head) else f"{head}\n{line}"
        document.path.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8")
        changed.append(document.path)
    return changed + _register_keys(reading, folder / "exercise-keys.yaml")


def _register_keys(reading: Reading, register: Path) -> list[Path]:
    known = read_yaml(register) or {} if register.exists() else {}
    new = [
        lesson.exercise.key
        for module in reading.modules
        for lesson in module.lessons
        if lesson.exercise.key not in known
    ]
    if not new:
        return []
    text = register.read_text(encoding="utf-8") if register.exists() else HEADER
    register.write_text(text + "".join(f"{key}: kept\n" for key in new), encoding="utf-8")
    return [register]


HEADER = """# Every exercise key there ever was: answers hang on them. A key that goes keeps its line:
#   cv.old-key: {dropped_on: 2027-01-31, note: "answers moved to cv.new-key by migration 0012"}
"""
