"""Encryption of CPR numbers and health answers, and the keyed hash that lets us look a CPR number
up.

Keys come from JU_DATA_KEYS: the first encrypts, all decrypt, so that a key can be rotated
(`jobunivers keys rotate`).
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app


def new_key() -> str:
    """A fresh key for JU_DATA_KEYS."""
    return Fernet.generate_key().decode()


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in current_app.config["DATA_KEYS"]])


def seal(text: str) -> bytes:
    """The text, encrypted with the newest key."""
    return _fernet().encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when no key fits."""
    return _fernet().decrypt(sealed).decode()


def reseal(sealed: bytes) -> bytes:
    """The same text under the newest key."""
    return _fernet().rotate(sealed)


def signing_keys() -> list[str]:
    """For serializers: the last one signs, all verify, so that links in mails that have left, visits
    and form tokens outlive a change of JU_SECRET_KEY.
    """
    config = current_app.config
    return [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]


def fingerprint(text: str) -> str:
    """A keyed hash for looking up an encrypted value; keyed by the signing key, so that data keys
    can rotate.
    """
    return _print(current_app.config["SECRET_KEY"], text)


def fingerprints(text: str) -> list[str]:
    """The same by every signing key, the present one first: what to look for while they change."""
    return [_print(key, text) for key in reversed(signing_keys())]


def _print(secret: str, text: str) -> str:
    key = hashlib.sha256(b"fingerprint:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).decode()


def sign(text: str) -> str:
    """A signature under a text that the database keeps, made with the newest data key."""
    return _mac(current_app.config["DATA_KEYS"][0], text)


def is_signed(text: str, mac: str) -> bool:
    """Whether one of our data keys made that signature; all count, so that keys can rotate."""
    return any(hmac.compare_digest(_mac(key, text), mac) for key in current_app.config["DATA_KEYS"])


def _mac(key: str, text: str) -> str:
    signing = hashlib.sha256(b"signature:" + key.encode()).digest()
    return hmac.digest(signing, text.encode(), "sha256").hex()
