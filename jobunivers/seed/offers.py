"""Jobs and events of the demonstration: no workplace here exists."""

from datetime import datetime, time, timedelta
from typing import Any

from jobunivers.events import services as event_services
from jobunivers.labour_market import services as labour_market
from jobunivers.labour_market.types import Danish, Worktime
from jobunivers.seed.people import Crowd
from jobunivers.seed.stories.times import Times
from jobunivers.shared import clock

FULL, PART, FEW = Worktime.FULL, Worktime.PART, Worktime.FEW
NONE, LITTLE, GOOD = Danish.NONE, Danish.LITTLE, Danish.GOOD
# title, workplace, place, occupation, working time, hours, Danish, licence, places, days until the
# deadline, text
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
        "Du laver frokost til 180 mennesker sammen med to kolleger. Vi bager selv og "
        "køber ind efter sæson.\n\nSend et par linjer om dig selv og dit CV.",
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
        "I begynder fire sammen og lærer ruten af en kollega. Den daglige leder taler "
        "dansk, engelsk og polsk.",
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
        "Vi tager gerne en samtale, før du søger. Er du på vej til en uddannelse, kan du "
        "begynde som ufaglært.",
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
COLUMNS = (
    "title",
    "workplace",
    "place",
    "occupation",
    "worktime",
    "hours",
    "danish",
    "needs_licence",
    "places",
    "days",
    "text",
)


def jobs(crowd: Crowd, times: Times) -> None:
    """Eight open jobs, with deadlines from this week on."""
    today = times.today
    for row in JOBS:
        values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        values |= {"apply_by": today + timedelta(days=values.pop("days")), "url": ""}
        labour_market.save_vacancy(None, values, by_user_id=crowd.staff["admin"], now=times.now)


# title, text, days from today, from hour, to hour, place, language, seats
EVENTS: tuple[tuple[dict[str, str], dict[str, str], int, int, int, str, str, int | None], ...] = (
    (
        {
            "da": "Jobmesse for internationale",
            "en": "Job fair for internationals",
            "uk": "Ярмарок вакансій для іноземців",
        },
        {
            "da": (
                "Tolv arbejdsgivere fortæller, hvem de søger. Tag gerne dit CV med, på papir "
                "eller på telefonen."
            ),
            "en": (
                "Twelve employers tell whom they look for. Bring your CV if you like, on "
                "paper or on your phone."
            ),
            "uk": (
                "Дванадцять роботодавців розкажуть, кого вони шукають. Можна взяти із собою "
                "CV: на папері чи в телефоні."
            ),
        },
        9,
        13,
        16,
        "Rådhushallen (eksempel), Aarhus C",
        "en",
        None,
    ),
    (
        {"da": "Kaffe og CV", "en": "Coffee and CV", "uk": "Кава та CV"},
        {
            "da": "Vi kigger på hinandens CV sammen med en jobkonsulent. Kom, som du er.",
            "en": "We look at each other’s CVs together with a job consultant. Come as you are.",
            "uk": "Разом із консультантом дивимося CV одне одного. Готуватися не треба.",
        },
        3,
        10,
        12,
        "Biblioteket (eksempel), Aarhus C",
        "da",
        8,
    ),
    (
        {"da": "Åbent hus: job i ældreplejen", "en": "Open house: jobs in elderly care"},
        {
            "da": (
                "Se et plejehjem indefra, og tal med dem, der arbejder der. Du behøver ingen "
                "uddannelse for at komme."
            ),
            "en": (
                "See a care home from the inside and talk to those who work there. You need "
                "no training to come."
            ),
        },
        14,
        14,
        16,
        "Plejehjem i den nordlige del af byen (eksempel), Risskov",
        "da",
        20,
    ),
    (
        {
            "da": "Sådan læser du et jobopslag",
            "en": "How to read a job advert",
            "uk": "Як читати оголошення про роботу",
        },
        {
            "da": "En time på nettet om, hvad der står mellem linjerne. Du kan stille spørgsmål i chatten.",
            "en": "An hour online about what stands between the lines. You can ask in the chat.",
            "uk": "Година онлайн про те, що написано між рядками. Запитання можна ставити в чаті.",
        },
        6,
        10,
        11,
        "",
        "uk",
        None,
    ),
)


def events(crowd: Crowd, times: Times) -> None:
    """Four events to come, on working days, one nearly full; people have signed up."""
    for title, text, days, begins, ends, place, language, seats in EVENTS:
        day = times.worked_on(days)
        values: dict[str, Any] = {
            "title": title,
            "text": text,
            "place": place,
            "url": "" if place else "https://example.org/online",
            "language": language,
            "seats": seats,
        }
        values |= {
            name: datetime.combine(day, time(hour), clock.COPENHAGEN)
            for name, hour in (("starts_at", begins), ("ends_at", ends))
        }
        event = event_services.save_event(
            None, {**values, "sign_up_by": day}, by_user_id=crowd.staff["admin"], now=times.now
        )
        if seats == 8:
            for who in ("citizen-da", "amira", "jonas", "ella"):
                event_services.sign_up(event.id, crowd.citizens[who], now=times.now)
