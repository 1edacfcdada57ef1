"""`jobunivers outbox`: what could not be delivered, and another try."""

from uuid import UUID

import click

from jobunivers.commands._app import opened_app


@click.group()
def command() -> None:
    """Work that was given up, and another try."""


@command.command("list")
def list_() -> None:
    """Deliveries that were given up and wait for a letter or a call, and jobs that fail. Ids and
    kinds only: who it is about stands on the pages of staff.
    """
    from jobunivers.messages import health_queries as health
    from jobunivers.messages import queries
    from jobunivers.messages import second_try_services as second_try

    with opened_app():
        for failed, instead in second_try.list_given_up():
            click.echo(
                f"delivery {failed.id}  {failed.channel.value} given up "
                f"{failed.failed_at:%Y-%m-%d %H:%M} UTC ({failed.why}), now a {instead.channel.value}"
            )
        for job in queries.list_troubled():
            click.echo(
                f"job {job.id}  {job.kind} {job.state.value}, tried {job.attempts} times "
                f"({job.error or '-'}), next {job.run_at:%Y-%m-%d %H:%M} UTC"
            )
        numbers = health.trouble()
    click.echo(
        f"{numbers['tried_in_vain']} jobs are tried again, {numbers['not_reached']} messages reached "
        f"nobody yet (/caseworker/not-reached), {numbers['without_end']} without an end."
    )


@command.command()
@click.argument("one", type=click.UUID, required=False)
def retry(one: UUID | None) -> None:
    """Sends given-up deliveries once more, instead of the letter or call, and does not let failing
    jobs wait. All of them, or ONE by its id.
    """
    from jobunivers.messages import second_try_services as second_try
    from jobunivers.shared import clock
    from jobunivers.shared.db import write

    with opened_app(), write():
        count = second_try.try_again(clock.now(), only=one)
    if one and not count:
        raise click.ClickException("nothing with this id was given up or fails")
    click.echo(f"{count} are tried again.")
