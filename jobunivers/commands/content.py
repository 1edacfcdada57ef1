"""`jobunivers content`: learning content, checked like code."""

import click

from jobunivers.config import ROOT
from jobunivers.learning import ports as keepsakes
from jobunivers.learning.catalogue import checking, stamping
from jobunivers.learning.catalogue.guide import read_guide
from jobunivers.learning.catalogue.reading import Reading, read_all
from jobunivers.learning.types import Module, TranslationState
from jobunivers.screening import catalogue as screening
from jobunivers.shared import clock, i18n, readability
from jobunivers.shared.content import ContentError, languages_missing, line_of
from jobunivers.shared.profile import profile_codes
from jobunivers.shared.sheets import Fault


@click.group()
def command() -> None:
    """Learning content: check and stamp."""


@command.command()
def check() -> None:
    """Refuses wrong content with file and line, warns of old or missing translations and of texts
    whose law ends; prints modules and languages with minutes, words, LIX and state.
    """
    from jobunivers import wiring

    wiring.offer_keepsakes()
    reading = read_all()
    for line in table(reading):
        click.echo(line)
    dates = checking.find_dates(reading, today=clock.today())
    for warning in [*checking.find_warnings(reading, i18n.locales()), *dates]:
        click.echo(f"warning: {warning}", err=True)
    found = [*data_problems(), *problems(reading)]
    for problem in found:
        click.echo(str(problem), err=True)
    if found:
        raise click.ClickException(f"{len(found)} problems in the content")
    click.echo("All content is in order.")


def problems(reading: Reading) -> list[Fault]:
    """Everything that is refused, judged by the keepsakes that features offer; modules that answers
    suggest must exist.
    """
    found = checking.find_problems(reading, is_registered=is_offered)
    found += languages_missing()
    try:
        read_guide(reading.modules)
        suggested = [rule.module for rule in screening.module_rules()]
    except ContentError as error:
        return [*found, *error.faults]
    unknown = set(suggested) - {module.slug for module in reading.modules}
    return found + [
        Fault(
            screening.MODULES,
            line_of(screening.MODULES, f"module: {slug}"),
            f"unknown module {slug!r}",
        )
        for slug in sorted(unknown)
    ]


def data_problems() -> list[Fault]:
    """What is wrong in the files of all features and of every municipality."""
    from jobunivers import wiring

    return list(
        dict.fromkeys(
            [
                *wiring.content_faults(),
                *(fault for code in profile_codes() for fault in wiring.profile_faults(code)),
            ]
        )
    )


def is_offered(name: str) -> bool:
    """True when a feature offers a keepsake of that name."""
    try:
        keepsakes.find(name)
    except KeyError:
        return False
    return True


def table(reading: Reading) -> list[str]:
    """One line a module and language: lessons, minutes, words, LIX or sentence length, translation
    state.
    """
    lines = [
        f"{'module':<20} {'lang':<4} {'lessons':>7} {'min':>4} {'words':>6} {'LIX/sent':>8}  state"
    ]
    for module in reading.modules:
        lines += [_row(module, code) for code in i18n.locales()]
    return lines


def _row(module: Module, code: str) -> str:
    texts = [lesson.texts[code] for lesson in module.lessons if code in lesson.texts]
    words = sum(text.word_count for text in texts)
    plain = " ".join(checking.plain_text(text) for text in texts)
    figure = checking.mean_lix(module) if code == "da" else readability.sentence_length(plain)
    minutes = sum(text.minutes for text in texts)
    return (
        f"{module.slug:<20} {code:<4} {len(texts):>3} of {len(module.lessons)} {minutes:>4} "
        f"{words:>6} {figure:>8.1f}  {_state(module, code)}"
    )


def _state(module: Module, code: str) -> str:
    by_language = [module.texts, *(lesson.texts for lesson in module.lessons)]
    states = [
        texts[code].state if code in texts else TranslationState.MISSING for texts in by_language
    ]
    counted = [
        f"{state} {states.count(state)}" if len(set(states)) > 1 else str(state)
        for state in TranslationState
        if state in states
    ]
    return ", ".join(counted)


@command.command()
def stamp() -> None:
    """Writes the Danish text's hash into each translation that was read again, and new exercise
    keys into the register.
    """
    for path in stamping.stamp(read_all()):
        click.echo(str(path))


@command.command()
def schemas() -> None:
    """Writes docs/profile-format.md and content/schemas/ from the dataclasses that read the files."""
    from jobunivers.commands import _schemas

    for path, text in _schemas.written().items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            click.echo(str(path.relative_to(ROOT)))
    for path in _schemas.stale():
        path.unlink()
        click.echo(f"{path.relative_to(ROOT)} is gone")
