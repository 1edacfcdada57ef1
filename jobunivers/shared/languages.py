"""The languages of the house. A language is a folder in translations/: nothing else names it."""

from functools import lru_cache

from jobunivers.config import ROOT

TRANSLATIONS = ROOT / "translations"
DEFAULT_LOCALE = "da"


@lru_cache
def locales() -> tuple[str, ...]:
    """Codes of the languages that have a folder in translations/, Danish first."""
    found = sorted(path.name for path in TRANSLATIONS.iterdir() if (path / "LC_MESSAGES").is_dir())
    return (DEFAULT_LOCALE, *(code for code in found if code != DEFAULT_LOCALE))
