"""`jobunivers doctor`: is this installation set up right? One clear line per problem."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from jobunivers.config import Settings
from jobunivers.shared.content import ContentError

SECONDS = 5


@click.command()
def command() -> None:
    """Looks at settings, profile, content, database, worker and mail; exit 1 with one line per
    problem. Texts and programmes whose last day is near or past are warned of, without exit 1.
    """
    settings = Settings.from_environment()
    for warning in (*settings.warnings(), *dates_pass(settings)):
        click.echo(f"warning: {warning}", err=True)
    found = [line for check in CHECKS for line in check(settings)]
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Everything is in order.")


def settings_are_safe(settings: Settings) -> Iterator[str]:
    """Keys, demo mode, clock, address."""
    yield from (f"settings: {problem}" for problem in settings.problems())
    yield from (f"settings: {problem}" for problem in bad_keys(settings))
    if not settings.demo and not settings.base_url.startswith("https://"):
        yield (
            f"settings: JU_BASE_URL is {settings.base_url}: it must begin with https:// "
            "(cookies and links depend on it)"
        )


def bad_keys(settings: Settings) -> list[str]:
    """Data keys that cannot encrypt."""
    from cryptography.fernet import Fernet

    wrong = []
    for number, key in enumerate(settings.data_keys, 1):
        try:
            Fernet(key)
        except ValueError:
            wrong.append(
                f"key {number} of JU_DATA_KEYS is not a key: make one with `jobunivers keys new`"
            )
    return wrong


def profile_loads(settings: Settings) -> Iterator[str]:
    """The municipality's files."""
    from jobunivers.labour_market import programme_catalogue as programmes
    from jobunivers.shared.profile import load_profile

    try:
        profile = load_profile(settings.profile, demo=settings.demo)
        yield from (f"profile: {problem}" for problem in programmes.problems(profile.programmes))
    except ContentError as error:
        yield f"profile: {error}"


def dates_pass(settings: Settings) -> Iterator[str]:
    """What a date alone makes old: programmes that have ended, modules whose law ends."""
    from jobunivers.labour_market import programme_catalogue as programmes
    from jobunivers.learning.catalogue import checking
    from jobunivers.learning.catalogue.reading import read_all
    from jobunivers.shared import clock
    from jobunivers.shared.profile import load_profile

    today = clock.today()
    try:
        profile = load_profile(settings.profile, demo=settings.demo)
        yield from (f"profile: {line}" for line in programmes.ended(profile.programmes, today))
        yield from (f"content: {line}" for line in checking.find_dates(read_all(), today=today))
    except ContentError:
        return  # said as a problem by the checks below


def content_loads(_settings: Settings) -> Iterator[str]:
    """Modules, lessons and texts."""
    from jobunivers import wiring
    from jobunivers.commands.content import problems
    from jobunivers.learning.catalogue.reading import read_all

    wiring.offer_keepsakes()
    try:
        yield from (f"content: {problem}" for problem in problems(read_all()))
    except ContentError as error:
        yield f"content: {error}"


def database_is_fine(settings: Settings) -> Iterator[str]:
    """Reachable, whole, migrated; a worker was seen."""
    import sqlalchemy as sa
    from sqlalchemy.exc import SQLAlchemyError

    from jobunivers.commands import _checks
    from jobunivers.shared.db import engine_for

    url = sa.make_url(settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").is_file():
        yield f"database: {url.database} does not exist (run `jobunivers db upgrade`)"
        return
    engine = engine_for(settings.database_url)
    try:
        found = _checks.problems(engine)
        yield from (f"database: {problem}" for problem in found)
        if not found:
            yield from worker_lives(engine)
    except SQLAlchemyError as error:
        yield (
            f"database: cannot be used ({type(error).__name__}); look at JU_DATABASE_URL and "
            "whether the server runs"
        )
    finally:
        engine.dispose()


def worker_lives(engine: object) -> Iterator[str]:
    """A worker was seen within two minutes."""
    import sqlalchemy as sa

    from jobunivers.messages.health_queries import WORKER_MAY_BE_SILENT
    from jobunivers.messages.models import WorkerSeen
    from jobunivers.shared import clock

    with engine.connect() as connection:  # type: ignore[attr-defined]
        seen = connection.scalar(sa.select(sa.func.max(WorkerSeen.seen_at)))
    if seen is None:
        yield "worker: never seen: start `jobunivers worker` beside the site"
    elif clock.real_now() - seen > WORKER_MAY_BE_SILENT:
        yield f"worker: last seen {seen:%Y-%m-%d %H:%M} UTC: start `jobunivers worker`"


def mail_server_answers(settings: Settings) -> Iterator[str]:
    """Somebody takes our mail; SMS only when it is set."""
    url = settings.smtp_url
    if not url:
        yield "mail: JU_SMTP_URL is not set: nobody is told about messages and meetings"
    elif url.startswith("file:"):
        yield from folder_is_writable("mail", Path(url.removeprefix("file:")))
        if not settings.demo:
            yield "mail: JU_SMTP_URL writes into a folder: no mail leaves the house"
    else:
        yield from smtp_answers(url)
    if settings.sms_url.startswith("file:"):
        yield from folder_is_writable("SMS", Path(settings.sms_url.removeprefix("file:")))


def smtp_answers(url: str) -> Iterator[str]:
    """The mail server says hello."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        yield (
            "mail: JU_SMTP_URL must look like smtp://user:password@host:587, "
            "smtps://host:465 or file:folder"
        )
        return
    is_tls = parts.scheme == "smtps"
    port = parts.port or (465 if is_tls else 587)
    make: Callable[[], smtplib.SMTP] = (
        (
            lambda: smtplib.SMTP_SSL(
                parts.hostname or "", port, timeout=SECONDS, context=ssl.create_default_context()
            )
        )
        if is_tls
        else (lambda: smtplib.SMTP(parts.hostname or "", port, timeout=SECONDS))
    )
    try:
        with make() as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        yield f"mail: {parts.hostname}:{port} does not answer ({type(error).__name__})"


def folder_is_writable(what: str, folder: Path) -> Iterator[str]:
    """The folder, or the one it will be made in."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        yield f"{what}: the folder {folder} cannot be written"


CHECKS: tuple[Callable[[Settings], Iterator[str]], ...] = (
    settings_are_safe,
    profile_loads,
    content_loads,
    database_is_fine,
    mail_server_answers,
)
