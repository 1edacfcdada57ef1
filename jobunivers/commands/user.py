"""`jobunivers user`: log-ins of staff, for the first administrator and for emergencies; everyday
work is done under /admin.
"""

import click

from jobunivers.commands._app import opened_app
from jobunivers.identity.types import Grant
from jobunivers.shared.web import whole_url


@click.group()
def command() -> None:
    """Log-ins of staff."""


@command.command()
@click.option("--name", required=True, help="As colleagues and citizens see it.")
@click.option("--email", required=True, help="The address to log in with.")
@click.option(
    "--grant",
    "grants",
    multiple=True,
    required=True,
    type=click.Choice([grant.value for grant in Grant]),
    help="A role or right; may be repeated.",
)
def create(name: str, email: str, grants: tuple[str, ...]) -> None:
    """Makes a log-in and prints the link with which the person chooses her password (good for a
    week).
    """
    from jobunivers.config import Settings
    from jobunivers.identity import link_http as links
    from jobunivers.identity import queries, services
    from jobunivers.shared import addresses, audit
    from jobunivers.shared.db import write

    try:
        takes_utf8 = Settings.from_environment().takes_utf8_mail
        address = addresses.read_email(email, takes_utf8=takes_utf8)
    except addresses.BadAddress as bad:
        raise click.ClickException(
            f"{email} is not one e-mail address that mail can reach ({bad.problem})"
        ) from None
    with opened_app():
        if queries.find_user_by_email(address) is not None:
            raise click.ClickException(f"{address} has a log-in already")
        with write():
            user = services.create_user(
                name=name, email=address, grants=frozenset(Grant(grant) for grant in grants)
            )
            audit.record(
                "staff.invited",
                actor_id=None,
                actor_role="command",
                user_id=str(user.id),
                grants=sorted(grants),
            )
        click.echo(
            f"{name} chooses a password here: "
            + whole_url("staff_log_in.show_new_password", token=links.password_token(user))
        )


@command.command()
@click.argument("email")
def disable(email: str) -> None:
    """Closes a log-in at once, on every device. What the person did stays in the log."""
    from jobunivers.identity import queries, services
    from jobunivers.shared import audit, clock
    from jobunivers.shared.db import write

    with opened_app():
        user = queries.find_user_by_email(email)
        if user is None:
            raise click.ClickException(f"there is no log-in {email}")
        with write():
            services.disable_user(user.id, clock.now())
            audit.record("staff.closed", actor_id=None, actor_role="command", user_id=str(user.id))
    click.echo(f"{email} can no longer log in.")


@command.command()
@click.argument("email")
@click.option(
    "--forget-code-app",
    is_flag=True,
    help="The phone is lost: the code app is set up anew at the next log-in.",
)
def link(email: str, forget_code_app: bool) -> None:
    """Prints a link (good once, for a week) with which a member of staff chooses a new password."""
    from jobunivers.identity import link_http as links
    from jobunivers.identity import queries, services
    from jobunivers.shared import audit
    from jobunivers.shared.db import write

    with opened_app():
        user = queries.find_user_by_email(email)
        if user is None or not user.grants:
            raise click.ClickException(f"there is no member of staff {email}")
        with write():
            audit.record(
                "staff.link",
                actor_id=None,
                actor_role="command",
                user_id=str(user.id),
                forgets_code_app=forget_code_app,
            )
            if forget_code_app:
                services.forget_code_app(user.id)
        click.echo(whole_url("staff_log_in.show_new_password", token=links.password_token(user)))
