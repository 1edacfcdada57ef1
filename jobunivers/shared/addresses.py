"""What an e-mail address and a telephone number are. Forms, files and the sender all ask here, so
that what is taken in at the door can also leave.

Addresses are stored in small letters with the domain as people read it ("blåbær.dk"), numbers as
E.164 ("+4520304050").
"""

import re
from enum import StrEnum

from jobunivers.shared.text import clean_figures, clean_line

HOME, HOME_REGION = 45, "DK"
LONGEST_PHONE = 40  # as typed, with spaces and brackets
TRUNK_ZERO = re.compile(r"\(0\)")  # "+45 (0)20 ...": dialled at home only
EXTENSION = re.compile(r"[^\W\d_]")  # letters belong to no number that an SMS could reach


class AddressProblem(StrEnum):
    """Why a text is no address that we can write to."""

    NOT_WHOLE = "not_whole"
    SEVERAL = "several"
    FOREIGN_LETTERS = "foreign_letters"  # before the @, and our mail server does not take them


class BadAddress(ValueError):
    """The text is no address; `problem` says why. Its text is not repeated: it is personal."""

    def __init__(self, problem: AddressProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read_email(text: str, *, takes_utf8: bool = False) -> str:
    """The one address in a text, as it is stored. `takes_utf8`: our mail server offers SMTPUTF8.

    Raises BadAddress for a list, a name with brackets, a missing part, a trailing dot.
    """
    from email_validator import EmailNotValidError, validate_email

    plain = clean_line(text)
    try:
        found = validate_email(plain, check_deliverability=False, strict=True)
    except EmailNotValidError:
        is_list = plain.count("@") > 1
        raise BadAddress(AddressProblem.SEVERAL if is_list else AddressProblem.NOT_WHOLE) from None
    if not found.local_part.isascii() and not takes_utf8:
        raise BadAddress(AddressProblem.FOREIGN_LETTERS)
    return found.normalized.lower()


def address_key(text: str) -> str:
    """What to look an address up by: as it is stored, or the text itself when it is none."""
    try:
        return read_email(text, takes_utf8=True)
    except BadAddress:
        return text.strip().lower()


def leaving(address: str, *, takes_utf8: bool = False) -> str:
    """The address as it stands in a mail: the domain as punycode. Raises BadAddress."""
    from email_validator import validate_email

    stored = read_email(address, takes_utf8=takes_utf8)
    found = validate_email(stored, check_deliverability=False)
    return f"{found.local_part}@{found.ascii_domain}"


class BadNumber(ValueError):
    """The text is no telephone number."""


def read_phone(text: str) -> str:
    """The one number in a text, as E.164; without a country code it is Danish. Raises BadNumber.

    Lengths are checked, not whether a series is in use: new series come faster than any list.
    """
    import phonenumbers

    plain = clean_figures(text)
    if len(plain) > LONGEST_PHONE or EXTENSION.search(plain):
        raise BadNumber
    try:
        number = phonenumbers.parse(TRUNK_ZERO.sub("", plain), HOME_REGION)
    except phonenumbers.NumberParseException:
        raise BadNumber from None
    if not phonenumbers.is_possible_number(number):
        raise BadNumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str | None) -> str:
    """A stored number as people read it: 20 30 40 50, or +46 70 123 45 67. Other texts as they
    stand.
    """
    try:
        plain = read_phone(number or "")
    except BadNumber:
        return number or ""
    if plain.startswith(f"+{HOME}"):
        digits = plain.removeprefix(f"+{HOME}")
        return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    import phonenumbers

    return phonenumbers.format_number(
        phonenumbers.parse(plain), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
