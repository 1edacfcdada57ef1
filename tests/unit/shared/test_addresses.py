"""One decision what an e-mail address and a telephone number are, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobunivers.shared import addresses
from jobunivers.shared.addresses import AddressProblem, BadAddress, BadNumber


@pytest.mark.parametrize(
    ("typed", "stored", "leaves"),
    [
        ("anna@example.org", "anna@example.org", "anna@example.org"),
        (" Anna@Example.ORG ", "anna@example.org", "anna@example.org"),
        ("maja@blåbær.dk", "maja@blåbær.dk", "maja@xn--blbr-roah.dk"),
        ("MAJA@XN--BLBR-ROAH.DK", "maja@blåbær.dk", "maja@xn--blbr-roah.dk"),
        ("maja@BLÅBÆR.dk", "maja@blåbær.dk", "maja@xn--blbr-roah.dk"),
        ("maja@bla\u030abær.dk", "maja@blåbær.dk", "maja@xn--blbr-roah.dk"),
        ("\u202aanna@example.org\u202c", "anna@example.org", "anna@example.org"),
        ("anna\u200b@example.org", "anna@example.org", "anna@example.org"),
        ("anna@пошта.укр", "anna@пошта.укр", "anna@xn--80a1acn3a.xn--j1amh"),
        ("a+b@example.org", "a+b@example.org", "a+b@example.org"),
    ],
)
def test_an_address_is_stored_one_way_and_leaves_in_plain_letters(typed, stored, leaves):
    assert addresses.read_email(typed) == stored
    assert addresses.leaving(stored) == leaves
    assert addresses.address_key(typed) == stored


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a@b.dk;c@d.dk", AddressProblem.SEVERAL),
        ("a@b.dk, c@d.dk", AddressProblem.SEVERAL),
        ("a@b.dk c@d.dk", AddressProblem.SEVERAL),
        ("<a@b.dk>", AddressProblem.NOT_WHOLE),
        ("Anna <a@b.dk>", AddressProblem.NOT_WHOLE),
        ("a@b.dk.", AddressProblem.NOT_WHOLE),
        ("a@b", AddressProblem.NOT_WHOLE),
        ("a@b..dk", AddressProblem.NOT_WHOLE),
        ("a..b@c.dk", AddressProblem.NOT_WHOLE),
        ("mailto:a@b.dk", AddressProblem.NOT_WHOLE),
        ("a@[127.0.0.1]", AddressProblem.NOT_WHOLE),
        ("a\r\nBcc: c@d.dk", AddressProblem.NOT_WHOLE),
        ("", AddressProblem.NOT_WHOLE),
        ("@", AddressProblem.NOT_WHOLE),
        ("x" * 65 + "@example.org", AddressProblem.NOT_WHOLE),
        ("søren@example.org", AddressProblem.FOREIGN_LETTERS),
    ],
)
def test_what_cannot_be_sent_is_no_address(typed, problem):
    with pytest.raises(BadAddress) as refused:
        addresses.read_email(typed)
    assert refused.value.problem == problem and typed not in str(refused.value) or not typed


def test_foreign_letters_are_taken_where_the_mail_server_takes_them():
    assert addresses.read_email("søren@example.org", takes_utf8=True) == "søren@example.org"
    assert addresses.leaving("søren@blåbær.dk", takes_utf8=True) == "søren@xn--blbr-roah.dk"
    with pytest.raises(BadAddress):
        addresses.leaving("søren@blåbær.dk")


@given(st.one_of(st.text(max_size=60), st.emails(), st.from_regex(r"\w+@\w+\.\w+", fullmatch=True)))
def test_whatever_is_taken_in_can_leave(text):
    try:
        stored = addresses.read_email(text)
    except BadAddress:
        return
    assert addresses.leaving(stored).isascii() and addresses.read_email(stored) == stored


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("20000009", "+4520000009", "20 00 00 09"),
        ("20 00 00 09", "+4520000009", "20 00 00 09"),
        ("+45 (0)20 00 00 09", "+4520000009", "20 00 00 09"),
        ("0045 20 00 00 09", "+4520000009", "20 00 00 09"),
        ("45 20 00 00 09", "+4520000009", "20 00 00 09"),
        ("\u202a+45 20 00 00 09\u202c", "+4520000009", "20 00 00 09"),
        ("20\u00a000\u202f00\u200309", "+4520000009", "20 00 00 09"),
        ("20\u201100\u201300\u201409", "+4520000009", "20 00 00 09"),
        ("(20) 00.00-09", "+4520000009", "20 00 00 09"),
        ("٢٠ ٠٠ ٠٠ ٠٩", "+4520000009", "20 00 00 09"),
        ("+46 70-123 45 67", "+46701234567", "+46 70 123 45 67"),
        ("+380 67 123 45 67", "+380671234567", "+380 67 123 4567"),
        ("+49 (0)151 23456789", "+4915123456789", "+49 1512 3456789"),
    ],
)
def test_a_number_is_stored_one_way_and_shown_in_groups(typed, stored, shown):
    assert addresses.read_phone(typed) == stored
    assert addresses.show_phone(stored) == shown
    assert addresses.read_phone(shown) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "1234567",
        "+45 20 30 40",
        "020000009",
        "20304050 / 60708090",
        "ring til min mor",
        "20 30 40 50 lok. 12",
        "+999 12345678",
        "1" * 41,
        "\u202a\u202c",
    ],
)
def test_what_nobody_could_call_is_no_number(typed):
    with pytest.raises(BadNumber):
        addresses.read_phone(typed)


@given(st.text(alphabet="0123456789+() -.\u202a\u2011", max_size=24))
def test_every_number_taken_in_reads_back_as_itself(text):
    try:
        stored = addresses.read_phone(text)
    except BadNumber:
        return
    assert addresses.read_phone(addresses.show_phone(stored)) == stored


@pytest.mark.parametrize("old", [None, "", "20 30 40 50 or my mother", "+45"])
def test_texts_from_before_are_shown_as_they_stand(old):
    assert addresses.show_phone(old) == (old or "")
