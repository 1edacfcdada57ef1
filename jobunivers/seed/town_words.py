"""Names, answers and sentences of the demonstration's town."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from jobunivers.seed.city_words import FIRST as CITY_FIRST
from jobunivers.seed.city_words import LAST as CITY_LAST

STARTS = (9 * 60, 9 * 60 + 45, 10 * 60 + 30, 11 * 60 + 15, 12 * 60 + 45, 13 * 60 + 30, 14 * 60 + 15)
LENGTH = timedelta(minutes=30)
AWAY, LEFT, SUBSTITUTE = "omar", "frank", "caseworker"
STAFF = {
    "signe": ("Signe Holst (demo)", "first"),
    AWAY: ("Omar Aziz (demo)", "first"),
    "tove": ("Tove Krag (demo)", "second"),
    LEFT: ("Frank Bisgaard (demo)", "first"),
}
# Whose citizens they are, in turn; the persona of the caseworker has room for her own stories.
HOSTS = (
    ("signe", "first"),
    ("omar", "first"),
    ("tove", "second"),
    ("caseworker-2", "first"),
    ("signe", "first"),
    ("adviser", "second"),
    ("omar", "first"),
    ("tove", "second"),
    ("caseworker", "first"),
    ("caseworker-2", "first"),
    ("signe", "first"),
)
GROUPS = {
    "first": {"insured": 0.62, "insured-graduate": 0.16, "cash-benefit-ready": 0.22},
    "second": {"displaced-ukrainian": 0.65, "self-supporting": 0.35},
}
LOCALES = {"da": 0.88, "en": 0.12}
FIRST = {
    "da": CITY_FIRST,
    "en": ["Priya", "Wei", "Ana", "Carlos", "Agnieszka", "Piotr", "Ioana", "Fatima", "John"],
    "uk": ["Олена", "Ірина", "Наталія", "Андрій", "Микола", "Тетяна", "Юлія", "Василь"],
}
LAST = {
    "da": CITY_LAST,
    "en": ["Silva", "Chen", "Nowak", "García", "Popescu", "Khan", "Murphy", "Ahmed"],
    "uk": ["Коваленко", "Шевченко", "Бондаренко", "Ткаченко", "Олійник", "Мороз", "Гнатюк"],
}
CALM: dict[str, Any] = {
    "help_wanted": "not_now",
    "dig3": "net",
    "expect_job": "one_to_three",
    "work36": "most",
    "prev_long": "no",
    "training": "yes",
    "goal": "exact",
    "travel": "yes",
    "dig1": "yes",
    "lang": "da",
}


@dataclass(frozen=True)
class Wish:
    """What somebody answers differently, and why that raises a flag; none when nothing does."""

    answers: dict[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


WISHES = (
    Wish(),
    Wish(),
    Wish({"help_wanted": "remote"}, ("help_wanted",)),
    Wish({"help_wanted": "in_person", "dig3": "in_person"}, ("help_wanted", "in_person")),
    Wish({"dig1": "no", "travel": "no"}, ("digital", "transport")),
    Wish({"training": "abroad"}, ("recognition",)),
)
TALKS = (
    (
        "Hej. Må jeg tage min bror med til mødet?",
        "Hej. Ja, meget gerne. Skriv det, når du bekræfter tiden.",
    ),
    (
        "Jeg har fået en jobsamtale på torsdag. Kan vi flytte vores møde?",
        "Tillykke med samtalen. Du kan vælge en anden tid under Møder.",
    ),
    (
        "Hvem spørger jeg om mine dagpenge?",
        "Det gør du i din a-kasse. Jeg kan hjælpe med det, der handler om job.",
    ),
    (
        "Jeg har lagt et nyt CV ind. Har du tid til at se på det?",
        "Det vil jeg gerne. Vi tager det med på mødet.",
    ),
)
