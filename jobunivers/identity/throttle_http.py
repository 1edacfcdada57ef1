"""Limits on guessing, counted in the database: five tries at an account, then each has to wait,
longer each time; many from an address (for IPv6 a /64) in a quarter of an hour.

A try is stored before it is checked, whatever becomes of it, so that parallel tries count too; a
good log-in takes its own back.
Accounts and addresses are stored as keyed hashes only.
"""

from datetime import datetime, timedelta
from uuid import UUID

from flask import request

from jobunivers.identity import queries, rules, services
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write

PENDING_SECONDS = int(rules.PENDING_LIFE.total_seconds())


def account_key(account: str) -> str:
    """What is stored of an account or address that somebody tried."""
    return vault.fingerprint(f"log-in:{account.strip().casefold()}")


def may_try(account: str) -> bool:
    """Counts this try and says whether it may be checked. Short transactions; real time."""
    key, now = account_key(account), clock.real_now()
    network = vault.fingerprint(f"address:{rules.network_of(request.remote_addr)}")
    if _wait(key, now) or _from(network, now) >= rules.ATTEMPTS_PER_ADDRESS:
        return False  # not counted: somebody else's guessing must not lock the person out for ever
    with write():
        attempt = services.count_attempt(account_hash=key, address_hash=network, now=now)
    if not _wait(key, now, besides=attempt) and _from(network, now) <= rules.ATTEMPTS_PER_ADDRESS:
        return True
    with write():
        services.forget_attempt(attempt)
    return False


def _wait(key: str, now: datetime, *, besides: UUID | None = None) -> timedelta:
    """How long this account's next try still has to wait."""
    count, last = queries.tries_at_account(key, since=now - rules.ACCOUNT_WINDOW, besides=besides)
    left = last + rules.wait_after(count) - now if last else timedelta(0)
    return max(left, timedelta(0))


def _from(network: str, now: datetime) -> int:
    return queries.count_tries_from(network, since=now - rules.ATTEMPT_WINDOW)


def seconds_to_wait(account: str) -> int:
    """After how many seconds the next try at this account is looked at."""
    return int(_wait(account_key(account), clock.real_now()).total_seconds()) + 1


def succeeded(account: str) -> None:
    """After a good log-in: the tries at this account no longer count."""
    with write():
        services.take_back_attempts(account_key(account))
