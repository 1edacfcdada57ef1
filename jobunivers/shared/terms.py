"""The glossary of Danish terms that stay Danish in every language."""

from functools import lru_cache

from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, sheet

FILE = CONTENT / "terms.yaml"


@lru_cache
def terms() -> dict[str, dict[str, str]]:
    """Term -> one plain sentence by language. Raises ContentError."""
    return schema.read_texts(sheet(FILE))
