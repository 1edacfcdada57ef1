"""Jobs of the demonstration: no workplace here exists."""

from datetime import datetime, timedelta
from typing import Any

from jobunivers.labour_market import services as labour_market
from jobunivers.labour_market.types import Danish, Worktime
from jobunivers.seed.people import Crowd
from jobunivers.shared import clock

FULL, PART, FEW = Worktime.FULL, Worktime.PART, Worktime.FEW
NONE, LITTLE, GOOD = Danish.NONE, Danish.LITTLE, Danish.GOOD
# title, workplace, place, occupation, working time, hours, Danish, licence, places, days until the deadline, text
JOBS: tuple[tuple[str, str, str, str, Worktime, str, Danish, bool, int, int, str], ...] = (
    (
        "Kok til kantine",
        "Kantine i et kontorhus (eksempel)",
        "Aarhus C",
        "cook",
        FULL,
        "37 timer, dagarbejde",
        GOOD,
        False,
        1,
        9,
        "Du laver frokost til 180 mennesker sammen med to kolleger. Vi bager selv og køber ind efter sæson.\n\nSend et par linjer om dig selv og dit CV.",
    ),
    (
        "Rengøringsassistenter til aftenhold",
        "Kontorer ved havnen (eksempel)",
        "Aarhus N",
        "cleaner",
        PART,
        "20-25 timer, kl. 17-21",
        LITTLE,
        False,
        4,
        5,
        "I begynder fire sammen og lærer ruten af en kollega. Den daglige leder taler dansk, engelsk og polsk.",
    ),
    (
        "Chauffør til varebil",
        "Lager med dagligvarer (eksempel)",
        "Brabrand",
        "delivery-driver",
        FULL,
        "37 timer, skiftende vagter",
        LITTLE,
        True,
        2,
        12,
        "Du kører varer ud i byen og hjælper på lageret, når bilen er tømt.",
    ),
    (
        "Sosu-hjælper til plejehjem",
        "Plejehjem i den nordlige del af byen (eksempel)",
        "Risskov",
        "care-helper",
        PART,
        "28-32 timer, dag og aften",
        GOOD,
        False,
        3,
        16,
        "Vi tager gerne en samtale, før du søger. Er du på vej til en uddannelse, kan du begynde som ufaglært.",
    ),
    (
        "Lagermedarbejder",
        "Lager med dagligvarer (eksempel)",
        "Brabrand",
        "warehouse-worker",
        FULL,
        "37 timer, dagarbejde",
        NONE,
        False,
        6,
        7,
        "Arbejdssproget er engelsk. Truckcertifikat er en fordel, men ikke et krav.",
    ),
    (
        "Bogholder, deltid",
        "Mindre håndværksfirma (eksempel)",
        "Viby J",
        "bookkeeper",
        PART,
        "22 timer, efter aftale",
        GOOD,
        False,
        1,
        20,
        "Du passer regnskab og løn for tolv ansatte.",
    ),
    (
        "Opvasker i weekenden",
        "Restaurant i midtbyen (eksempel)",
        "Aarhus C",
        "kitchen-helper",
        FEW,
        "8 timer, fredag og lørdag aften",
        NONE,
        False,
        1,
        4,
        "Et lille job, der kan blive større.",
    ),
    (
        "Dataanalytiker",
        "Forening med frivillige (eksempel)",
        "Aarhus C",
        "data-analyst",
        FULL,
        "37 timer, to dage hjemme",
        NONE,
        False,
        1,
        18,
        "Arbejdssproget er engelsk. Nyuddannede er velkomne.",
    ),
)
COLUMNS = ("title", "workplace", "place", "occupation", "worktime", "hours", "danish", "needs_licence", "places", "days", "text")


def jobs(crowd: Crowd, now: datetime) -> None:
    """Eight open jobs, with deadlines from this week on."""
    today = clock.local(now).date()
    for row in JOBS:
        values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        values |= {"apply_by": today + timedelta(days=values.pop("days")), "url": ""}
        labour_market.save_vacancy(None, values, by_user_id=crowd.staff["admin"], now=now)
