"""`jobunivers i18n`: interface texts from templates and code to the catalogues and back."""

import io
import re
import subprocess
import sys
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from jobunivers.config import ROOT
from jobunivers.shared import i18n

POT = i18n.TRANSLATIONS / "messages.pot"
KEYWORDS = ("_l", "pgettext:1c,2")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def _babel(*arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *arguments], cwd=ROOT, check=False
    ).returncode


def extract_to(target: str) -> None:
    """Writes the template catalogue of all texts in code and templates."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    options = ["--no-location", "--sort-output", "--omit-header", "--no-wrap"]
    if _babel(
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        *keywords,
        *options,
        "-o",
        target,
        "jobunivers",
        "templates",
    ):
        raise click.ClickException("extraction failed")


@click.group()
def command() -> None:
    """Catalogues of interface texts."""


@command.command()
def extract() -> None:
    """Collects all texts into translations/messages.pot."""
    extract_to(str(POT))


@command.command()
def update() -> None:
    """Brings every catalogue up to the template; new texts are empty, none is guessed; English ones
    are as written in the code.
    """
    extract_to(str(POT))
    for code in i18n.locales():
        with POT.open("rb") as file:
            template = read_po(file)  # anew for each: an update shares its entries, texts and all
        path = i18n.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
        catalogue = Catalog(locale=code)
        if path.exists():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=code)
        catalogue.update(template, no_fuzzy_matching=True)
        if code == i18n.SOURCE_LOCALE:
            _say_as_written(catalogue)
        write_catalogue(catalogue, path)
    i18n.compile_catalogues()


def _say_as_written(catalogue: Catalog) -> None:
    """The texts of the source language are the keys themselves, unless an editor has worded one
    otherwise.
    """
    for message in catalogue:
        if message.id and not any(message.string or ()):
            message.string = message.id


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Writes a .po whose text depends on its entries alone: sorted, unwrapped, only language and
    plural rule in the header.
    """
    whole = io.BytesIO()
    write_po(
        whole, catalogue, sort_output=True, ignore_obsolete=True, width=0, include_previous=False
    )
    body = whole.getvalue().decode().split("\n\n", 1)[1]
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale_identifier}\\n"\n"Plural-Forms: '
        f'{catalogue.plural_forms}\\n"\n'
    )
    path.write_text(
        header + '"Content-Type: text/plain; charset=utf-8\\n"\n\n' + body.strip() + "\n",
        encoding="utf-8",
    )


@command.command()
def check() -> None:
    """Refuses empty, fuzzy or stale entries and placeholders that differ."""
    found = problems()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.ClickException(f"{len(found)} problems in the catalogues")
    click.echo("All catalogues are complete.")


def problems() -> list[str]:
    """One line a problem: 'da: empty: <text>'."""
    with POT.open("rb") as file:
        wanted = {_key(message) for message in read_po(file) if message.id}
    found = []
    for code in i18n.locales():
        with (i18n.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
            catalogue = read_po(file, locale=code)
        messages = {_key(message): message for message in catalogue if message.id}
        found += [f"{code}: missing: {text}" for text in wanted - set(messages)]
        found += [f"{code}: no longer used: {text}" for text in set(messages) - wanted]
        found += [
            f"{code}: {fault}: {message.id}"
            for message in messages.values()
            for fault in _faults(message)
        ]
    return sorted(found)


def _key(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _faults(message: Message) -> list[str]:
    sources = [
        str(part)
        for part in (message.id if isinstance(message.id, (tuple, list)) else (message.id,))
    ]
    texts = [
        part or ""
        for part in (
            message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        )
    ]
    wanted = {name for source in sources for name in PLACEHOLDER.findall(source)}
    faults = ["fuzzy"] if message.fuzzy else []
    if not all(texts):
        return [*faults, "empty"]
    if any(
        not set(PLACEHOLDER.findall(text)) <= wanted
        or (len(texts) == 1 and set(PLACEHOLDER.findall(text)) != wanted)
        for text in texts
    ):
        faults.append("placeholders differ")
    return faults
