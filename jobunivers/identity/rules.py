"""Decisions about log-in, pure: which passwords are too easy, where a person goes next, how far a
helper reaches.
"""

import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from jobunivers.identity.types import Grant, Scope
from jobunivers.shared.addresses import address_key

ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 5  # that many at once, then each must wait, longer each time
ACCOUNT_WINDOW = timedelta(hours=24)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
ATTEMPTS_PER_ADDRESS = 60  # a whole office or library shares one address
LINK_LIFE = timedelta(minutes=30)
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
RESOLVED_KEPT = timedelta(
    days=30
)  # a matched log-in leaves the list of the unmatched; its row goes a month later
FORM_KEYS_KEPT = timedelta(days=7)  # as long as a form may stay open
# Without a log-in, in an hour; a whole library or class shares one address.
DRAFTS_PER_ADDRESS, WRITES_PER_ADDRESS, WRITES_PER_DRAFT = 120, 6000, 1200
ADDRESS_NOTICE_LIFE = timedelta(days=3)  # how long news to an old or new address is tried
PENDING_LIFE = timedelta(minutes=10)  # between password and code


def wait_after(failures: int) -> timedelta:
    """How long after the last of so many failed tries at an account the next one is looked at."""
    doublings = failures - ATTEMPTS_PER_ACCOUNT
    if doublings < 0:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(doublings, 10)))


def network_of(address: str | None) -> str:
    """What an address is counted as: itself, or for IPv6 the /64 that one line has to itself."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address):
        plain = found.ipv4_mapped
        return str(plain) if plain else str(ip_network((found, 64), strict=False))
    return str(found)


# --- passwords (OWASP ASVS 5.0, 6.2: length before composition, common and own words refused,
# nothing cut off) -----------

PASSWORD_SHORTEST = 12
PASSWORD_LONGEST = 1000
LISTED_CHARACTERS = 72  # the beginning decides, and the rest only adds
FEWEST_GUESSES = 10**8  # what nobody tries through at a log-in page, nor soon at a stolen hash
ROWS = (
    "qwertyuiopåæøüèzxcvbnm",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
COMMON_WORDS = frozenset(
    [
        "password",
        "passwort",
        "parola",
        "passord",
        "kodeord",
        "adgangskode",
        "losenord",
        "hemmelig",
        "hemmeligt",
        "secret",
        "admin",
        "administrator",
        "root",
        "user",
        "bruger",
        "guest",
        "welcome",
        "velkommen",
        "login",
        "logmein",
        "letmein",
        "default",
        "changeme",
        "ændremig",
        "test",
        "testtest",
        "demo",
        "sommer",
        "summer",
        "vinter",
        "winter",
        "forår",
        "efterår",
        "spring",
        "autumn",
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
        "january",
        "february",
        "march",
        "may",
        "june",
        "july",
        "october",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mandag",
        "tirsdag",
        "onsdag",
        "torsdag",
        "fredag",
        "lørdag",
        "søndag",
        "danmark",
        "denmark",
        "københavn",
        "copenhagen",
        "kommune",
        "jobcenter",
        "jobnet",
        "jobunivers",
        "sagsbehandler",
        "football",
        "fodbold",
        "baseball",
        "liverpool",
        "arsenal",
        "barcelona",
        "chelsea",
        "dragon",
        "monkey",
        "shadow",
        "master",
        "superman",
        "batman",
        "pokemon",
        "starwars",
        "sunshine",
        "princess",
        "iloveyou",
        "jegelskerdig",
        "elsker",
        "trustno",
        "michael",
        "jennifer",
        "jordan",
        "hunter",
        "ranger",
        "buster",
        "soccer",
        "hockey",
        "killer",
        "george",
        "andrew",
        "charlie",
        "thomas",
        "mustang",
        "computer",
        "internet",
        "samsung",
        "google",
        "microsoft",
        "windows",
        "whatever",
        "freedom",
        "mercedes",
        "porsche",
        "ferrari",
        "kærlighed",
        "skat",
        "mormor",
        "farmor",
        "hund",
        "kat",
        "hest",
        "flower",
        "cookie",
        "cheese",
        "banana",
        "summerwinter",
        "qwerty",
        "asdf",
        "abc",
    ]
)
LEET = str.maketrans("013457@$!", "oieastasi")


def password_problem(password: str, *, own_words: Iterable[str] = ()) -> str | None:
    """'short', 'long' or 'easy', or None when the password may be used. `own_words`: name, address,
    office, which an attacker tries first.
    """
    if len(password) < PASSWORD_SHORTEST:
        return "short"
    if len(password) > PASSWORD_LONGEST:
        return "long"
    return "easy" if _is_easy(password.casefold(), own_words) else None


def _is_easy(password: str, own_words: Iterable[str]) -> bool:
    own_words = list(own_words)
    if len(set(password)) < 5 or _is_on_lists(password, own_words):
        return True
    own = {
        part for word in own_words for part in re.split(r"[^\w]+", word.casefold()) if len(part) > 2
    }
    for reading in (password, password.translate(LEET)):
        rest = _without_runs(reading)
        for word in sorted(COMMON_WORDS | own, key=lambda word: (-len(word), word)):
            rest = rest.replace(word, "")
        # What is left after common words, runs, digits and signs is all that an attacker has to
        # guess.
        if len(re.sub(r"[\W\d_]+", "", rest)) < 4:
            return True
    return False


def _is_on_lists(password: str, own_words: list[str]) -> bool:
    """Whether it is guessed soon by the lists that attackers use: leaked passwords, names, words of
    English, keys in a row, dates, and the same with signs for letters.
    """
    from zxcvbn import zxcvbn  # reads its lists, a tenth of a second: only where one is chosen

    known = [*own_words, *sorted(COMMON_WORDS)]
    return zxcvbn(password[:LISTED_CHARACTERS], user_inputs=known)["guesses"] < FEWEST_GUESSES


def _without_runs(text: str) -> str:
    """The text without runs of four or more neighbours: abcd, 4321, qwer, aaaa."""
    rows = (*ROWS, "abcdefghijklmnopqrstuvwxyzæøå", "01234567890")
    kept, at = [], 0
    while at < len(text):
        end = max(
            (_run_end(text, at, row) for row in (*rows, *(row[::-1] for row in rows))), default=at
        )
        same = at + len(text[at:]) - len(text[at:].lstrip(text[at]))
        end = max(end, same)
        if end - at >= 4:
            at = end
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def _run_end(text: str, at: int, row: str) -> int:
    place = row.find(text[at])
    if place < 0:
        return at
    length = 0
    while (
        at + length < len(text)
        and place + length < len(row)
        and text[at + length] == row[place + length]
    ):
        length += 1
    return at + length


# --- where to, how far
# ------------------------------------------------------------------------------

HOMES = (
    (Grant.CASEWORKER, "desk.show_desk"),
    (Grant.COORDINATOR, "coordinator.show_overview"),
    (Grant.ADMIN, "admin.show_admin"),
)


def home_of(grants: Iterable[Grant]) -> str:
    """The view of the first page of this person: staff by their first role, everybody else at home."""
    held = set(grants)
    return next((view for grant, view in HOMES if grant in held), "home.show_home")


def email_opens(*, grants: Iterable[Grant], has_case: bool, allowed: bool) -> bool:
    """Whether a link by e-mail may open this account: never one of staff; a citizen's only when
    staff allowed it, because she cannot get MitID.
    """
    return not set(grants) and (not has_case or allowed)


def mailbox(email: str) -> str:
    """The mailbox behind an address: small letters, without "+something" before the @."""
    local, _at, domain = address_key(email).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


# Blueprints that a helper may use who acts only in what concerns meetings.
MEETING_AREAS = frozenset({"booking", "booking_links"})


def helper_may(scope: Scope, endpoint: str | None, hers_alone: Collection[str]) -> bool:
    """Whether a power of attorney of this scope reaches that view ("area.view") of the site. None
    reaches what features declare as hers alone: taking everything away or deleting it, how she
    herself is reached, what she says of her situation (docs/decisions/0009).
    """
    area = (endpoint or "").partition(".")[0]
    return endpoint not in hers_alone and (scope is Scope.ALL or area in MEETING_AREAS)


BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """'Chrome, Android' from what a browser says of itself; '' when it says nothing we know."""
    found = (
        next((name for mark, name in table if mark in user_agent), "")
        for table in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)
