"""Six digits from an app (TOTP, RFC 6238), good once, and recovery codes for the day the phone is
lost.
"""

import hashlib
import secrets
from datetime import datetime

import pyotp

STEP_SECONDS = 30
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # 16 characters: 79 bits, so a plain hash is enough


def new_secret() -> str:
    """A fresh secret for an app, 160 bits, base32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The 30-second step whose code this is, looking one step back and forth; None for a wrong
    code.
    """
    digits = "".join(c for c in code if c.isdigit())
    current = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    found = [
        step
        for step in (current - 1, current, current + 1)
        if secrets.compare_digest(generator.at(step * STEP_SECONDS).encode(), digits.encode())
    ]
    return found[-1] if found else None


def address(secret: str, *, account: str, issuer: str) -> str:
    """The otpauth:// address that apps read from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def picture(text: str) -> str:
    """A QR code as inline SVG without style attributes; colours come from the style sheet, with
    black on white as a plain fallback.
    """
    import segno

    return str(
        segno.make(text, error="m").svg_inline(
            scale=5,
            border=3,
            dark="#000",
            light="#fff",
            omitsize=False,
            svgclass="qr",
            lineclass=None,
        )
    )


def new_recovery_codes() -> list[str]:
    """Ten codes in groups of four, shown once."""
    plain = ("".join(secrets.choice(ALPHABET) for _ in range(16)) for _ in range(RECOVERY_CODES))
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in plain]


def recovery_hash(code: str) -> str:
    """What is stored of a recovery code; spaces, dashes and case do not matter."""
    return hashlib.sha256("".join(c for c in code.lower() if c.isalnum()).encode()).hexdigest()
