"""Answers to what features ask of one another: whoever lies above them knows both."""

from datetime import datetime
from uuid import UUID

from jobunivers.applications.types import Sender
from jobunivers.booking import agenda_services as agenda
from jobunivers.booking.ports import OtherDate
from jobunivers.caseload import queries as caseload
from jobunivers.caseload import telling_services as telling
from jobunivers.contact import services as contact_services
from jobunivers.cv import export_file as cv_export
from jobunivers.cv import queries as cv
from jobunivers.events import queries as events
from jobunivers.goals import services as goals
from jobunivers.learning.types import Suggestion
from jobunivers.planner import services as planner
from jobunivers.planner.types import TASKS
from jobunivers.screening import catalogue as screening_catalogue
from jobunivers.screening import queries as screening
from jobunivers.screening import rules as screening_rules
from jobunivers.shared import clock
from jobunivers.shared.content import localized
from jobunivers.shared.current import current_profile
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import path_to


class CitizensOfCaseload:
    """What log-in asks about citizens."""

    def match(self, person: str) -> UUID | None:
        """The citizen with a broker's person identifier."""
        citizen = caseload.find_by_person_uuid(person)
        return citizen.id if citizen else None

    def name_of(self, citizen_id: UUID) -> str:
        """What she is called."""
        return caseload.get_citizen(citizen_id).name

    def address_of(self, citizen_id: UUID) -> str | None:
        """The e-mail address of her record."""
        return caseload.get_citizen(citizen_id).email

    def tell(self, citizen_id: UUID, what: str) -> None:
        """A notice by her safe way."""
        telling.tell(caseload.recipient_of(citizen_id), what, now=clock.now())


class FromAnswers:
    """Modules that fit what the citizen has answered in the questionnaire; never from answers about
    health.
    """

    def suggest(self, owner_id: UUID, citizen_id: UUID | None) -> list[Suggestion]:
        """Each with what she told us as its reason; one query."""
        answers = screening.latest_answers(citizen_id) if citizen_id else {}
        met = screening_rules.modules_for(answers, screening_catalogue.module_rules())
        return [
            Suggestion(rule.module, localized(dict(rule.reason), choose_locale())) for rule in met
        ]


def plan_first(citizen_id: UUID, now: datetime) -> None:
    """Whoever comes in has a next contact at once, not only after the night."""
    contact_services.plan_next(citizen_id, contact_rules=current_profile().contact_rules, now=now)


def events_of(citizen_id: UUID, now: datetime) -> list[OtherDate]:
    """The events she signed up for stand beside her meetings."""
    own, code = events.list_own(citizen_id, now), choose_locale()
    return [
        OtherDate(
            localized(event.title, code),
            path_to("events.show_event", event_id=event.id),
            event.starts_at,
            event.has_seat,
        )
        for event in own
    ]


def keep_job(owner_id: UUID, what: str, when: str) -> None:
    """A job to apply for is a thing to do."""
    planner.add_entry(owner_id, TASKS, what=what, when=when)


def ask_at_next_meeting(owner_id: UUID, text: str, now: datetime) -> str:
    """A question becomes a point of the next meeting, or waits for it; the page on which it stands."""
    meeting_id = agenda.add_to_next(owner_id, text, now=now)
    return (
        path_to("booking.show_meeting", meeting_id=meeting_id, _anchor="points")
        if meeting_id
        else path_to("booking.list_meetings", _anchor="points")
    )


def sender_from_cv(owner_id: UUID) -> Sender:
    """Name, contact and language of a letter are those of the CV."""
    content = cv.content_of(cv.find_cv(owner_id))
    return Sender(content.name, tuple(cv_export.contact_line(content)), content.language)


def keep_title(owner_id: UUID, title: str) -> None:
    """A job title that is in demand becomes one of her goals."""
    goals.add_title(owner_id, "demand", title)
