"""`jobunivers assets`: compiles the style sheet and the sheet of illustrations from their sources."""

import click

from jobunivers.config import ROOT


@click.command()
def command() -> None:
    """Writes static/css/ju.css from static/scss/ju.scss, and static/img/illustrations.svg from the
    single drawings.
    """
    from jobunivers.shared.assets import SHEET, compile_css, illustration_sheet

    (ROOT / "static" / "css" / "ju.css").write_text(compile_css(ROOT))
    (ROOT / SHEET).write_text(illustration_sheet(ROOT), encoding="utf-8")
