"""The wiring between features, which never import each other: keepsakes, people, meetings, notices,
jobs.
"""

from datetime import datetime
from uuid import UUID

from flask import Flask

from jobunivers.applications import ports as senders
from jobunivers.applications.feature import FEATURE as APPLICATIONS
from jobunivers.applications.types import Sender
from jobunivers.booking import agenda_services as agenda
from jobunivers.booking import ending_services as booking_endings
from jobunivers.booking import ports as others
from jobunivers.booking import queries as booking
from jobunivers.booking.feature import FEATURE as BOOKING
from jobunivers.booking.ports import OtherDate
from jobunivers.caseload import ending_services as caseload_endings
from jobunivers.caseload import queries as caseload
from jobunivers.caseload import services as caseload_services
from jobunivers.caseload import telling_services as telling
from jobunivers.caseload.feature import FEATURE as CASELOAD
from jobunivers.contact import queries as contact
from jobunivers.contact import services as contact_services
from jobunivers.contact.feature import FEATURE as CONTACT
from jobunivers.cv import export_file as cv_export
from jobunivers.cv import queries as cv
from jobunivers.cv.feature import FEATURE as CV
from jobunivers.events import queries as events
from jobunivers.events.feature import FEATURE as EVENTS
from jobunivers.goals import services as goals
from jobunivers.goals.feature import FEATURE as GOALS
from jobunivers.identity import ports as people
from jobunivers.identity.feature import FEATURE as IDENTITY
from jobunivers.interviews.feature import FEATURE as INTERVIEWS
from jobunivers.labour_market import ports as keeping
from jobunivers.labour_market.feature import FEATURE as LABOUR_MARKET
from jobunivers.learning import ports as keepsakes
from jobunivers.learning import suggestion_pages as suggestions
from jobunivers.learning.feature import FEATURE as LEARNING
from jobunivers.learning.types import Suggestion
from jobunivers.messages.feature import FEATURE as MESSAGES
from jobunivers.planner import services as planner
from jobunivers.planner.feature import FEATURE as PLANNER
from jobunivers.planner.types import TASKS
from jobunivers.portal.feature import FEATURE as PORTAL
from jobunivers.screening import catalogue as screening_catalogue
from jobunivers.screening import queries as screening
from jobunivers.screening import rules as screening_rules
from jobunivers.screening.feature import FEATURE as SCREENING
from jobunivers.shared import clock
from jobunivers.shared.content import localized
from jobunivers.shared.current import current_profile
from jobunivers.shared.house import Feature, open_in
from jobunivers.shared.i18n import choose_locale

# In the order in which a person reads what is known of her; notes come last when a draft is taken
# along, so `learning` stands last.
FEATURES: tuple[Feature, ...] = (
    PORTAL,
    IDENTITY,
    CASELOAD,
    BOOKING,
    EVENTS,
    CONTACT,
    SCREENING,
    MESSAGES,
    LABOUR_MARKET,
    CV,
    APPLICATIONS,
    INTERVIEWS,
    GOALS,
    PLANNER,
    LEARNING,
)


def connect(app: Flask) -> None:
    """Registers what features offer with those that use it."""
    people.answered_by(
        match_person=_citizen_with,
        name_of_citizen=lambda citizen_id: caseload.get_citizen(citizen_id).name,
        address_of_citizen=lambda citizen_id: caseload.get_citizen(citizen_id).email,
        tell_citizen=lambda citizen_id, what: telling.tell(
            caseload.recipient_of(citizen_id), what, now=clock.now()
        ),
    )
    offer_keepsakes()
    open_in(app, FEATURES)
    suggestions.register(FromAnswers())
    contact.meetings_come_from(booking.meetings_for_contact)
    caseload_services.when_somebody_arrives(plan_first)
    caseload_services.when_a_spell_ends(booking_endings.spell_ended)
    caseload_endings.when_an_end_is_undone(booking_endings.end_undone)
    senders.provide(sender_from_cv)
    others.come_from(events_of)
    keeping.jobs_go_to(keep_job)
    keeping.points_go_to(ask_at_next_meeting)
    keeping.titles_go_to(lambda owner_id, title: goals.add_title(owner_id, "demand", title))


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


def _citizen_with(person: str) -> UUID | None:
    citizen = caseload.find_by_person_uuid(person)
    return citizen.id if citizen else None


def offer_keepsakes() -> None:
    """Where answers of exercises live. Needs no application, so that `content check` can ask; notes
    come last when a draft is taken along.
    """
    for feature in FEATURES:
        for keepsake in feature.keepsakes:
            keepsakes.register(keepsake)


def plan_first(citizen_id: UUID, now: datetime) -> None:
    """Whoever comes in has a next contact at once, not only after the night."""
    contact_services.plan_next(citizen_id, contact_rules=current_profile().contact_rules, now=now)


def events_of(citizen_id: UUID, now: datetime) -> list[OtherDate]:
    """The events she signed up for stand beside her meetings."""
    own, code = events.list_own(citizen_id, now), choose_locale()
    return [
        OtherDate(
            localized(event.title, code), f"/events/{event.id}", event.starts_at, event.has_seat
        )
        for event in own
    ]


def keep_job(owner_id: UUID, what: str, when: str) -> None:
    """A job to apply for is a thing to do."""
    planner.add_entry(owner_id, TASKS, what=what, when=when)


def ask_at_next_meeting(owner_id: UUID, text: str, now: datetime) -> str:
    """A question becomes a point of the next meeting, or waits for it; the page on which it stands."""
    meeting_id = agenda.add_to_next(owner_id, text, now=now)
    return f"/my/meetings/{meeting_id}#points" if meeting_id else "/my/meetings#points"


def sender_from_cv(owner_id: UUID) -> Sender:
    """Name, contact and language of a letter are those of the CV."""
    content = cv.content_of(cv.find_cv(owner_id))
    return Sender(content.name, tuple(cv_export.contact_line(content)), content.language)
