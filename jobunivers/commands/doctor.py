"""`jobunivers doctor`: is this installation set up right? One clear line per problem."""

import shutil
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from jobunivers.config import Settings, UnsafeSettings
from jobunivers.shared.content import ContentError

if TYPE_CHECKING:
    import sqlalchemy as sa

SECONDS = 5
LEAST_ROOM = 500 * 10**6


@click.command()
def command() -> None:
    """Looks at settings, profile, content, database, worker and mail; exit 1 with one line per
    problem. Texts and programmes whose last day is near or past are warned of, without exit 1.
    """
    try:
        settings = Settings.from_environment()
    except UnsafeSettings as error:
        for line in str(error).splitlines():
            click.echo(f"settings: {line}", err=True)
        raise click.exceptions.Exit(1) from None
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
    from jobunivers import wiring

    for fault in wiring.profile_faults(settings.profile, demo=settings.demo):
        yield f"profile: {fault}"


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
        found = [*wiring.content_faults(), *problems(read_all())]
    except ContentError as error:
        found = list(error.faults)
    yield from (f"content: {fault}" for fault in dict.fromkeys(found))


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
            yield from messages_arrive(engine)
            yield from may_write(engine)
            yield from numbers_are_found(settings)
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


def messages_arrive(engine: "sa.Engine") -> Iterator[str]:
    """Nothing is stuck, nobody is left unreached for long."""
    import sqlalchemy as sa

    from jobunivers.messages.models import Delivery, OutboxJob

    by_hand = sa.and_(Delivery.channel.in_(("letter", "call")), Delivery.why.is_not(None))
    unreached = sa.select(sa.func.count()).where(by_hand, Delivery.sent_at.is_(None))
    given_up = sa.select(sa.func.count()).where(OutboxJob.state.in_(("failed", "held")))
    with engine.connect() as connection:
        if number := connection.scalar(unreached):
            yield f"messages: {number} reached nobody yet (staff: /caseworker/not-reached)"
        if number := connection.scalar(given_up):
            yield f"messages: {number} jobs were given up or held (`jobunivers outbox list`)"


def may_write(engine: "sa.Engine") -> Iterator[str]:
    """The database user may change rows."""
    import sqlalchemy as sa
    from sqlalchemy.exc import DBAPIError

    try:
        with engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.text("UPDATE worker_seen SET seen_at = seen_at"))
            connection.rollback()
    except DBAPIError as error:
        yield f"database: cannot be written ({type(error.orig).__name__})"


def numbers_are_found(settings: Settings) -> Iterator[str]:
    """No CPR number is left behind under a signing key that is gone."""
    from cryptography.fernet import InvalidToken

    from jobunivers.commands import _fingerprints
    from jobunivers.commands._app import opened_app

    if settings.problems() or bad_keys(settings):
        return
    try:
        with opened_app():
            lost = _fingerprints.count_lost()
    except InvalidToken:
        yield "keys: a CPR number was sealed with a key that is not in JU_DATA_KEYS"
        return
    if lost:
        yield (
            "keys: CPR numbers are not found any more: put the JU_SECRET_KEY that was used before "
            "into JU_SECRET_KEY_OLD and run `jobunivers keys rotate`"
        )


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
        yield from smtp_answers(settings)
    if settings.sms_url.startswith("file:"):
        yield from folder_is_writable("SMS", Path(settings.sms_url.removeprefix("file:")))


def smtp_answers(settings: Settings) -> Iterator[str]:
    """The mail server says hello, shows a good certificate, takes our password, and what the
    address promises of it.
    """
    from jobunivers.messages import smtp_gateways as smtp

    parts = urlsplit(settings.smtp_url)
    where = f"mail: {parts.hostname}:{parts.port or 587}"
    try:
        with smtp.connected(settings.smtp_url) as server:
            if settings.takes_utf8_mail and not server.has_extn("smtputf8"):
                yield f"{where} offers no SMTPUTF8: take smtputf8=yes out of JU_SMTP_URL"
    except smtp.NotEncrypted:
        yield f"{where} offers no STARTTLS: nothing is sent in the clear"
    except ssl.SSLError as error:
        yield f"{where} shows a certificate that is not good ({error.reason})"
    except smtplib.SMTPAuthenticationError:
        yield f"{where} does not take our user name and password"
    except OSError as error:
        yield f"{where} does not answer ({type(error).__name__})"


def mailbox_opens(settings: Settings) -> Iterator[str]:
    """The mailbox for bounces lets us in."""
    from jobunivers.messages import imap_gateways as imap

    if not settings.bounce_imap:
        return
    parts = urlsplit(settings.bounce_imap)
    try:
        with imap.opened(settings.bounce_imap):
            pass
    except imap.NoMailbox:
        yield f"bounces: {parts.hostname} takes neither our password nor the folder, or no STARTTLS"
    except ssl.SSLError as error:
        yield f"bounces: {parts.hostname} shows a certificate that is not good ({error.reason})"
    except OSError as error:
        yield f"bounces: {parts.hostname} does not answer ({type(error).__name__})"


def gateway_answers(settings: Settings) -> Iterator[str]:
    """The SMS gateway can be reached, with a good certificate."""
    import requests

    if not settings.sms_url.startswith("http"):
        return
    host = urlsplit(settings.sms_url).hostname
    try:
        answer = requests.head(settings.sms_url, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        yield f"SMS: {host} does not answer ({type(error).__name__})"
        return
    if answer.status_code in (401, 403) or answer.status_code >= 500:
        yield f"SMS: {host} answers {answer.status_code}"


def brokers_answer(settings: Settings) -> Iterator[str]:
    """The log-in providers: discovery, keys, level of assurance."""
    from jobunivers.commands import _brokers

    yield from _brokers.problems(settings)


def house_is_closed(settings: Settings) -> Iterator[str]:
    """Files that others on this machine can read; room on the disk; a proxy that is not trusted."""
    import sqlalchemy as sa

    if settings.base_url.startswith("https://") and not settings.trusted_proxy:
        yield (
            "settings: JU_BASE_URL is https, and JU_TRUSTED_PROXY is not set: everybody seems to "
            "come from the proxy, so /metrics is open to all and ten wrong codes lock everybody out"
        )
    url = sa.make_url(settings.database_url)
    if url.drivername.startswith("sqlite") and url.database and Path(url.database).is_file():
        file = Path(url.database).absolute()
        kin = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
        for one in (path for path in kin if path.exists() and path.stat().st_mode & 0o077):
            yield f"files: {one} can be read by others on this machine (chmod 600)"
        yield from room_for("database", file.parent)
    for what, name in (("anchors", settings.anchors), ("erasures", settings.erasures)):
        if name and Path(name).exists() and Path(name).stat().st_mode & 0o077:
            yield f"files: {name} can be read by others on this machine (chmod 600)"
        if name:
            yield from folder_is_writable(what, Path(name).parent)


def room_for(what: str, folder: Path) -> Iterator[str]:
    """Room on the disk, and a folder in which files can really be made and nobody else reads."""
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        yield f"disk: less than {LEAST_ROOM // 10**6} MB are free at {folder}"
    if folder.stat().st_mode & 0o002:
        yield f"files: {folder} can be written by everybody on this machine (chmod 700)"
    yield from folder_is_writable(what, folder)


def folder_is_writable(what: str, folder: Path) -> Iterator[str]:
    """The folder, or the one it will be made in."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest) as trial:
            trial.write(b"x" * 4096)
            trial.flush()
    except OSError as error:
        yield f"{what}: the folder {folder} cannot be written ({error.strerror})"


CHECKS: tuple[Callable[[Settings], Iterator[str]], ...] = (
    settings_are_safe,
    profile_loads,
    content_loads,
    database_is_fine,
    mail_server_answers,
    mailbox_opens,
    gateway_answers,
    brokers_answer,
    house_is_closed,
)
