"""Limits on guessing: five tries at an account and many from an address in a quarter of an hour,
counted in the database.

A try is stored before it is checked, whatever becomes of it, so that parallel tries count too; a
good log-in takes its own back.
Accounts and addresses are stored as keyed hashes only.
"""

from flask import request

from jobunivers.identity import queries, rules, services
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write

WINDOW_SECONDS = int(rules.ATTEMPT_WINDOW.total_seconds())
PENDING_SECONDS = int(rules.PENDING_LIFE.total_seconds())


def account_key(account: str) -> str:
    """What is stored of an account or address that somebody tried."""
    return vault.fingerprint(f"log-in:{account.strip().casefold()}")


def may_try(account: str) -> bool:
    """Counts this try and says whether it may be checked. Two short transactions; real time."""
    key, address = account_key(account), vault.fingerprint(f"address:{request.remote_addr}")
    if not _below(key, address, extra=1):
        return False  # not counted: somebody else's guessing must not lock the person out for ever
    with write():
        services.count_attempt(account_hash=key, address_hash=address, now=clock.real_now())
    return _below(key, address, extra=0)


def _below(key: str, address: str, *, extra: int) -> bool:
    since = clock.real_now() - rules.ATTEMPT_WINDOW
    of_account, of_address = queries.count_attempts(
        account_hash=key, address_hash=address, since=since
    )
    return (
        of_account + extra <= rules.ATTEMPTS_PER_ACCOUNT
        and of_address + extra <= rules.ATTEMPTS_PER_ADDRESS
    )


def succeeded(account: str) -> None:
    """After a good log-in: the tries at this account no longer count."""
    with write():
        services.take_back_attempts(account_key(account))
