"""Lets a test read content in which one thing is written wrongly."""

import sys
from contextlib import contextmanager
from functools import _lru_cache_wrapper

from jobunivers.shared import content

KEPT = frozenset({"jobunivers.shared.i18n", "jobunivers.shared.schema"})  # hold no content


def forget_content():
    """Empties every cache of ours, so that files are read again."""
    for name, module in list(sys.modules.items()):
        if name.startswith("jobunivers.") and name not in KEPT:
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


@contextmanager
def spoilt(file, old, new):
    """While it lasts, the first `old` of the file of content/ reads `new`."""
    read = content.read_text

    def read_text(path):
        text = read(path)
        if path != content.CONTENT / file:
            return text
        assert old in text, f"{file} does not hold {old!r}"
        return text.replace(old, new, 1)

    content.read_text = read_text
    forget_content()
    try:
        yield
    finally:
        content.read_text = read
        forget_content()
