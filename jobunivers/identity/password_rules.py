"""Hashing of passwords: argon2id with OWASP's small set (19 MiB, two passes, one lane; about 30
ms). Never inside a transaction.
"""

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(password)


@functools.cache
def _nobodys_hash() -> str:
    return hashed("nobody has this password, it only takes the same time")


def fits(stored: str | None, password: str) -> bool:
    """True when the password belongs to the hash. Unknown accounts (None) take just as long."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """True when the hash was made with other parameters and should be made anew at this log-in."""
    return _hasher.check_needs_rehash(stored)
