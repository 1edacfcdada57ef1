"""The steps of the database, run by runner.py (which brings Alembic; a web process needs only to
know the newest step).
"""

from pathlib import Path

VERSIONS = Path(__file__).resolve().parent / "versions"


def newest() -> str | None:
    """The newest revision there is; each stands in the name of its file."""
    return max((path.stem.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py")), default=None)
