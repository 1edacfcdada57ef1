"""Words for what is stored, so that a person can read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobunivers.messages.types import Failure
from jobunivers.screening import catalogue as questions
from jobunivers.shared import i18n
from jobunivers.shared.house import house

ROLES = {
    "caseworker": _l("Caseworker"),
    "coordinator": _l("Coordinator"),
    "admin": _l("Administrator"),
    "helper": _l("Your helper"),
    "citizen": _l("You"),
}
PURPOSES = {
    "own_caseload": _l("your own caseworker"),
    "standing_in": _l("stands in for a colleague"),
    "citizen_called": _l("you had called or written"),
    "meeting": _l("takes part in a meeting"),
    "supervision": _l("quality control"),
    "team": _l("colleague in the team"),
    "intake": _l("has registered you"),
    "ending": _l("has ended your period out of work"),
    "ended_list": _l("the list of cases that have ended"),
    "post": _l("to send you a letter"),
    "desk": _l("the day’s work"),
    "caseload": _l("the list of own citizens"),
    "team_list": _l("the list of the team’s citizens"),
    "search": _l("a search by name"),
    "flags": _l("people who may want more help"),
    "messages": _l("people who wait for an answer"),
    "exemptions": _l("people who are exempt"),
    "team_page": _l("the team and its citizens"),
    "log_ins": _l("to find out whose log-in it is"),
    "no-next-contact": _l("people without a next contact"),
    "week-22": _l("people around week 22"),
    "never-met": _l("people we have not met"),
    "task": _l("to remember to do something"),
    "together": _l("to answer questions together with you"),
    "second-yes": _l("to say yes or no to a new way into your case"),
    "exemption": _l("to see whether you are exempt"),
}
ACTIONS = {
    "citizen.view": _l("Opened your page"),
    "flag.view": _l("Read your answers about help"),
    "screening.view": _l("Opened the questions about help with you"),
    "screening.typed": _l("Typed in one of your answers"),
    "screening.taken_back": _l("Took back typed answers on your word"),
    "health.asked": _l("Asked whether you want to answer about health"),
    "flag.decided": _l("Decided what to offer you"),
    "messages.view": _l("Read your messages"),
    "letter.view": _l("Printed a letter to you"),
    "need.opened": _l("Invited you to a meeting"),
    "need.closed": _l("Closed an invitation"),
    "calendar.view": _l("Saw your meeting in the calendar"),
    "meeting.view": _l("Opened your meeting"),
    "booking.view": _l("Looked for a time for you"),
    "list.view": _l("Saw your name on a list"),
    "citizen.asked_cpr": _l("Asked whether your CPR number is known here"),
    "task.new": _l("Opened a task about you"),
    "task.done": _l("Finished a task about you"),
    "task.reopened": _l("Took up a task about you again"),
    "appointment.requested": _l("Asked for a meeting"),
    "appointment.booked": _l("Booked or moved a meeting"),
    "appointment.held": _l("Noted that a meeting took place"),
    "appointment.missed": _l("Noted that a meeting did not take place"),
    "appointment.unknown": _l("Noted that it is not known whether a meeting took place"),
    "appointment.cancelled_by_office": _l("Cancelled a meeting"),
    "appointment.cancelled_by_citizen": _l("Cancelled a meeting for you"),
    "citizen.exempted": _l("Exempted you from booking or from meetings"),
    "citizen.exemption_ended": _l("Ended an exemption"),
    "citizen.spell_began": _l("Registered a new period out of work"),
    "citizen.channel": _l("Changed how we tell you news"),
    "helper.view": _l("Looked at a page for you"),
    "helper.act": _l("Did something for you"),
    "citizen.registered": _l("Registered you"),
    "citizen.contact": _l("Changed how we reach you"),
    "citizen.caseworker": _l("Gave you a caseworker"),
    "citizen.spell_ended": _l("Ended your period out of work"),
    "citizen.spell_end_undone": _l("Took back that your period out of work had ended"),
    "citizen.caseworker_undone": _l("Took back a change of caseworker"),
    "citizen.caseworker_left": _l("The caseworker has left; the team takes over"),
    "not_reached.view": _l("Saw that a message did not reach you"),
    "citizen.email_log_in": _l("Changed whether a link by e-mail opens your case"),
    "citizen.helper_added": _l("Gave a helper access"),
    "citizen.helper_ended": _l("Ended a helper’s access"),
    "citizen.login_matched": _l("Matched your log-in"),
    "citizen.protected": _l("Protected your name and address"),
    "citizen.unprotected": _l("Lifted the protection of your name and address"),
    "citizen.way_in_asked": _l("Asked for a new way into your case"),
    "citizen.way_in_agreed": _l("Said yes to a new way into your case"),
    "citizen.way_in_refused": _l("Said no to a new way into your case"),
}
LOOK_WORDS = {"roles": ROLES, "purposes": PURPOSES, "actions": ACTIONS}
KEYS = {
    "name": _l("Name"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "address": _l("Address"),
    "language": _l("Language"),
    "interpreter_language": _l("Interpreter"),
    "has_cpr_number": _l("We have your CPR number"),
    "safe_channel": _l("How we tell you news"),
    "digital_post_exempt": _l("Exempt from Digital Post"),
    "name_protected": _l("Protected name and address"),
    "access_needs": _l("Makes it easier to come"),
    "team": _l("Team"),
    "last_seen_at": _l("Last seen here"),
    "who": _l("Who"),
    "spells": _l("Periods out of work"),
    "started_on": _l("First day"),
    "ended_on": _l("Last day"),
    "target_group": _l("Target group"),
    "outcome": _l("Outcome"),
    "caseworkers": _l("Caseworkers"),
    "from": _l("From"),
    "to": _l("To"),
    "helpers": _l("Helpers"),
    "scope": _l("May do"),
    "valid_to": _l("Until"),
    "changes": _l("Changes"),
    "at": _l("When"),
    "what": _l("What"),
    "role": _l("Role"),
    "action": _l("What was done"),
    "purpose": _l("Why"),
    "answers": _l("Answers"),
    "answers_used": _l("Answers that were read"),
    "begun_at": _l("Begun"),
    "by_role": _l("By"),
    "changed_at": _l("Changed"),
    "choice": _l("Decision"),
    "closed_reason": _l("Why it was closed"),
    "course": _l("Your course"),
    "plan": _l("Your pace and dates"),
    "minutes_a_week": _l("Minutes a week"),
    "course_with_dates": _l("Course with dates"),
    "starts_on": _l("Begins"),
    "ticked": _l("Ticked"),
    "courses": _l("Courses"),
    "deadline_on": _l("Book by"),
    "decisions": _l("Decisions"),
    "details": _l("Details"),
    "done_at": _l("Done"),
    "due_on": _l("To be done by"),
    "earliest_on": _l("First possible day"),
    "education": _l("Education"),
    "email_verified_at": _l("E-mail confirmed"),
    "ended": _l("Ended"),
    "ends_at": _l("Ends"),
    "exemptions": _l("Exemptions"),
    "experience": _l("Experience"),
    "finished_at": _l("Finished"),
    "flags": _l("Signals that you may want more help"),
    "for_meeting": _l("For the meeting"),
    "form": _l("How we meet"),
    "from_me": _l("Written by you"),
    "from_starts_at": _l("From time"),
    "from_status": _l("From status"),
    "for_talks": _l("Chosen for your talks"),
    "signed_up": _l("Signed up for"),
    "has_seat": _l("Has a seat"),
    "has_companion": _l("You bring somebody"),
    "health_answers": _l("Answers about health"),
    "round": _l("Which round"),
    "typed_in_together": _l("Typed in together with you"),
    "invitations": _l("Invitations"),
    "invited_at": _l("Invited"),
    "kind": _l("Kind"),
    "languages": _l("Languages"),
    "later_on": _l("Later"),
    "legal": _l("Legal ground"),
    "lesson": _l("Lesson"),
    "lessons": _l("Lessons"),
    "location": _l("Place"),
    "log": _l("Log"),
    "looks_for_times": _l("Looks for free times"),
    "meeting": _l("Meeting"),
    "meeting_changes": _l("Changes of meetings"),
    "meeting_points": _l("Your points"),
    "message": _l("Message"),
    "module": _l("Module"),
    "note": _l("Note"),
    "notes": _l("Notes"),
    "opened_at": _l("Opened"),
    "other": _l("Other"),
    "place": _l("Place"),
    "profile": _l("Profile text"),
    "raised_at": _l("Since"),
    "read_at": _l("Read"),
    "reason": _l("Reason"),
    "reasons": _l("Reasons"),
    "replies": _l("Your replies"),
    "route": _l("Way"),
    "saved_at": _l("Saved"),
    "screenings": _l("Questionnaires"),
    "sections": _l("Parts"),
    "versions": _l("Versions for one job"),
    "version_name": _l("Name of this version"),
    "sent_at": _l("Sent"),
    "sent_by": _l("Sent by"),
    "sessions": _l("Log-ins"),
    "since": _l("Since"),
    "skills": _l("Skills"),
    "started": _l("Began"),
    "starts_at": _l("Begins"),
    "status": _l("Status"),
    "tasks": _l("Tasks of staff"),
    "text": _l("Text"),
    "title": _l("Title"),
    "to_starts_at": _l("To time"),
    "to_status": _l("To status"),
    "turned_down": _l("You said no"),
    "voluntary": _l("Voluntary work"),
    "ways_in": _l("Ways to log in"),
    "why": _l("Why"),
    "written_at": _l("Written"),
    "job_title": _l("Job title"),
    "employer": _l("Workplace"),
    "apply_by": _l("Apply by"),
    "demands": _l("What they ask for"),
    "proofs": _l("My proofs"),
    "call": _l("The phone call"),
    "opening": _l("Opening"),
    "middle": _l("Middle"),
    "closing": _l("Closing"),
    "answer": _l("My answer"),
    "own": _l("My own trade"),
    "near": _l("Close to my trade"),
    "demand": _l("Where people are needed"),
    "week": _l("My week"),
    "contacts": _l("People to contact"),
    "when": _l("When"),
}


@dataclass(frozen=True)
class Line:
    """One thing: a label and either text or more lines."""

    label: str
    text: str = ""
    lines: tuple["Line", ...] = ()


def label(key: str) -> str:
    """The word for a stored key; a question's own words; the key itself, spelled as words, where we
    have none.
    """
    if questions.questionnaire().find(key) and key not in KEYS:
        return questions.question_text(key, i18n.choose_locale()).ask
    return str(KEYS.get(key) or house().labels.get(key) or key.replace("_", " ").capitalize())


def readable(found: Mapping[str, Any]) -> list[Line]:
    """Everything as labelled lines; empty values are left out."""
    return [line for key, value in found.items() if (line := _line(label(key), value))]


def _line(name: str, value: Any) -> Line | None:
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, Mapping):
        lines = tuple(readable(value))
        return Line(name, lines=lines) if lines else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [_line(str(number), item) for number, item in enumerate(value, 1)]
        return Line(name, lines=tuple(item for item in items if item))
    return Line(name, text=_text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, str) and (moment := _moment(value)):
        return moment
    return str(value)


def _moment(text: str) -> str | None:
    """An ISO day or instant in words, or None when the text is neither."""
    try:
        if len(text) == 10:
            return i18n.day(date.fromisoformat(text), year=True)
        if "T" in text[10:11]:
            instant = datetime.fromisoformat(text)
            return (
                f"{i18n.day(instant, year=True)} {i18n.time_of_day(instant)}"
                if instant.tzinfo
                else None
            )
    except ValueError:
        return None
    return None


WHY_NOT_REACHED = {
    Failure.NO_ADDRESS: _l("We have no address that works."),
    Failure.UNREADABLE: _l("No mail can be sent to the address that we have."),
    Failure.REFUSED: _l("There is no such mailbox or number any more."),
    Failure.TURNED_DOWN: _l("The other server did not take the message."),
    Failure.BOUNCED: _l("The mail came back."),
    Failure.GIVEN_UP: _l("We tried for three days."),
}
A_MESSAGE = _l("A message from us")
