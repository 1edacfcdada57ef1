"""`jobunivers assets`: compiles the style sheet, the sheet of illustrations and the list of letters
that our PDF fonts have, from their sources.
"""

import click

from jobunivers.config import ROOT


@click.command()
def command() -> None:
    """Writes static/css/ju.css from static/scss/ju.scss, static/img/illustrations.svg from the
    single drawings, and the coverage of the fonts.
    """
    from jobunivers.shared.assets import SHEET, compile_css, font_coverage, illustration_sheet
    from jobunivers.shared.pdf import COVERAGE

    (ROOT / "static" / "css" / "ju.css").write_text(compile_css(ROOT))
    (ROOT / SHEET).write_text(illustration_sheet(ROOT), encoding="utf-8")
    COVERAGE.write_text(font_coverage(COVERAGE.parent))
