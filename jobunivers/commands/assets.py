"""`jobunivers assets`: compiles the style sheet from its sources."""

import click

from jobunivers.config import ROOT


@click.command()
def command() -> None:
    """Writes static/css/ju.css from static/scss/ju.scss."""
    from jobunivers.shared.assets import compile_css

    (ROOT / "static" / "css" / "ju.css").write_text(compile_css(ROOT))
