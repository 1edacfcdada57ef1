"""A municipality's file with a slip in it never goes unnoticed: start, `doctor` and `content check`
say the same line, with file, line, key and what is allowed.
"""

from dataclasses import replace

import pytest

from jobunivers.app import create_app
from jobunivers.commands import content as command
from jobunivers.commands import doctor
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings
from jobunivers.learning.catalogue.reading import Reading
from jobunivers.shared.content import ContentError, languages_missing
from tests.support.spoil import forget_content, spoilt

COMMON = "profiles/common"
KINDS, RULES = f"{COMMON}/meeting-kinds.yaml", f"{COMMON}/contact-rules.yaml"
BASICS, SCREENING = f"{COMMON}/profile.yaml", f"{COMMON}/screening.yaml"
OWN, PLACES = "profiles/aarhus/profile.yaml", "profiles/aarhus/locations.yaml"
FORMS = "forms: [phone, video, office, library]"
CODES = "first-meeting, follow-up, week-22, job-broker, education-adviser, talk-about-adjustments"
GROUPS = "insured, insured-graduate, cash-benefit-ready, displaced-ukrainian, self-supporting"
DAY = "must be a day that exists, such as 2026-11-30"
PROFILE_ROWS = [
    # file, what stands there, what is written instead, line, what is said
    (KINDS, "minutes: 45", 'minutes: "45"', 7,
     "first-meeting.minutes must be a whole number, not '45' (without quotation marks)"),
    (KINDS, "minutes: 45", "minutes: 0", 7, "first-meeting.minutes must be at least 1, not 0"),
    (KINDS, "minutes: 45", "minutes: true", 7,
     "first-meeting.minutes must be a whole number, not true"),
    (KINDS, "minutes: 45", "minutes: 45.5", 7,
     "first-meeting.minutes must be a whole number, not 45.5"),
    (KINDS, "minutes: 45", "minutes: 045", 7,
     "first-meeting.minutes must be a whole number, not '045'"),
    (KINDS, "minutes: 45", "minutes:", 7,
     "first-meeting.minutes must be a whole number, not nothing"),
    (KINDS, FORMS, "forms: phone", 11,
     "first-meeting.forms must be a list such as [a, b], not 'phone'"),
    (KINDS, FORMS, "forms: [phone, fax]", 11,
     "first-meeting.forms must be 'phone', 'video', 'office' or 'library', not 'fax'"),
    (KINDS, FORMS, "forms: []", 11, "first-meeting.forms must have at least 1, not []"),
    (KINDS, FORMS, "forms: [phone, phone]", 11, "first-meeting.forms names a way to meet twice"),
    (KINDS, "- code: follow-up", "- code: first-meeting", 17, "first-meeting stands here twice"),
    (KINDS, "- code: follow-up", "- code: Follow Up", 17,
     "Follow Up.code must be a code of small letters, digits, - and _, not 'Follow Up'"),
    (KINDS, "requires_grant: health_answers", "requires_grant: health", 78,
     "talk-about-adjustments.requires_grant must be '' or 'health_answers', not 'health'"),
    (RULES, "kind: first-meeting", "kind: first-meting", 5,
     "first-talk-insured-2026.kind names 'first-meting', which does not exist; "
     f"did you mean first-meeting? known: {CODES}"),
    (RULES, "groups: [insured,", "groups: [insurd,", 4,
     "first-talk-insured-2026.groups names 'insurd', which does not exist; "
     f"did you mean insured? known: {GROUPS}"),
    (RULES, "valid_from: 2026-07-01", 'valid_from: "2026-07-01"', 10,
     f"first-talk-insured-2026.valid_from {DAY}, not '2026-07-01' (without quotation marks)"),
    (RULES, "valid_from: 2026-07-01", "valid_from: 2026-02-30", 10,
     f"first-talk-insured-2026.valid_from {DAY}, not '2026-02-30'"),
    (RULES, "valid_from: 2026-07-01", "valid_from: 1 July 2026", 10,
     f"first-talk-insured-2026.valid_from {DAY}, not '1 July 2026'"),
    (RULES, "valid_from: 2026-07-01", "valid_from: 2026-07-01 10:00", 10,
     f"first-talk-insured-2026.valid_from {DAY}, not '2026-07-01 10:00'"),
    (RULES, "valid_to: 2026-06-30", "valid_to: 2023-06-30", 22,
     "first-talk-insured-2024.valid_to is before its first day 2024-01-01"),
    (RULES, "by_week: 13", "by_week: 9", 7,
     "first-talk-insured-2026.by_week is before its first week 11"),
    (RULES, "  by_week: 13\n", "", 3,
     "first-talk-insured-2026.code needs either by_week (once) or every_weeks (again and again)"),
    (RULES, "deadline_days: 10", "deadline_days: 7", 8,
     "first-talk-insured-2026.deadline_days must be at least 8, not 7"),
    (RULES, "  legal: LAB § 31, jf. lov nr. 1750", "  law: LAB § 31, jf. lov nr. 1750", 3,
     "first-talk-insured-2026.legal is missing"),
    (SCREENING, "health: {enabled: false", "health: {enabled: nej", 4,
     "health.enabled must be true or false, not 'nej'"),
    (SCREENING, "health: {enabled: false", "health: {enabled: no", 4,
     "health.enabled must be true or false, not 'no'"),
    (SCREENING, "health: {enabled: false", "health: {enabled: 'true'", 4,
     "health.enabled must be true or false, not 'true' (without quotation marks)"),
    (SCREENING, "health: {enabled: false", "health: {enabled: 1", 4,
     "health.enabled must be true or false, not 1"),
    (SCREENING, "health: {enabled: false", "health: {enabled: true", 4,
     "health.enabled is true, and lacks paragraph, responsible, decided_on"),
    (SCREENING, "random_share: 0.1", "random_share: 10", 6, "random_share must be at most 1, not 10"),
    (SCREENING, "random_share: 0.1", "random_share: 10%", 6,
     "random_share must be a number, not '10%'"),
    (SCREENING, "random_share: 0.1", "random_share: 0.1\nrandom_share: 0.2", 7,
     "random_share stands here twice"),
    (SCREENING, "random_share: 0.1", "random_share: [", 8,
     "wrong YAML: did not find expected ',' or ']'"),
    (BASICS, "[uk, en, ar", "[uk, 5, ar", 12,
     "languages_of_interpreters must be a text, not 5 (put it in quotation marks)"),
    (BASICS, "[uk, en, ar", "[ua, en, ar", 12,
     "languages_of_interpreters must be the code of a language such as uk, not 'ua'"),
    (BASICS, "quiet_hours: [21, 9]", "quiet_hours: [21]", 4, "quiet_hours must have more values"),
    (BASICS, "quiet_hours: [21, 9]", "quiet_hours: [21, 90]", 4,
     "quiet_hours must be at most 24, not 90"),
    (BASICS, "quiet_hours: [21, 9]", "quiet_hours: 21-9", 4,
     "quiet_hours must be a list such as [a, b], not '21-9'"),
    (BASICS, '"12-31"', '"12-32"', 7,
     "closing_days must be a month and a day such as 12-24, not '12-32'"),
    (BASICS, "https://www.dmi.dk/", "javascript:alert(1)", 11,
     "quick_exit_url must be an address that begins with https://, not 'javascript:alert(1)'"),
    (BASICS, "  - code: demand", "  - code: near", 27, "tracks.near.code near stands here twice"),
    (OWN, '"89 40 00 00"', "89400000", 5,
     "phone must be a text, not 89400000 (put it in quotation marks)"),
    (OWN, "email: job@example.org", "email: job", 6,
     "email must be one mail address such as job@example.org, not 'job'"),
    (OWN, "{da: Aarhus Kommune, en", "{en", 3, "name lacks the Danish text (da)"),
    (OWN, "en: Aarhus Municipality, ", "", 3, "'Aarhus Kommune' is missing in en"),
    (OWN, "uk: Муніципалітет Орхуса", "ua: Муніципалітет Орхуса", 3,
     "name has the unknown language ua; known: da, en, uk"),
    (OWN, "area: {code: east-jutland, ", "area: {", 9, "area.code is missing"),
    (PLACES, "form: office", "form: phone", 3,
     "main-office.form must be office or library, not phone"),
    (PLACES, "rooms: 6", "rooms: six", 7, "main-office.rooms must be a whole number, not 'six'"),
    (PLACES, "- code: main-library", "- code: main-library\n  leave_out: true", 8,
     "main-library is not there to leave out; there is nothing"),
    (f"{COMMON}/demand.yaml", "publish: true", "publish: ja", 3,
     "publish must be true or false, not 'ja'"),
    (f"{COMMON}/demand.yaml", "quarter: 2026-Q4", "quarter: 2026-Q5", 2,
     "quarter must be a quarter such as 2026-Q4, not '2026-Q5'"),
    (f"{COMMON}/survey.yaml", "- code: heard", "- code: agenda", 16,
     "questions.agenda.code agenda stands here twice"),
    (f"{COMMON}/exemption-reasons.yaml", "scope: self_booking", "scope: booking", 4,
     "digital-skills.scope must be 'self_booking' or 'talks', not 'booking'"),
    (f"{COMMON}/target-groups.yaml", "legal: LAB § 6, nr. 1\n", "legal:\n", 4,
     "insured.legal must be a text, not nothing"),
    (f"{COMMON}/programmes.yaml", "whom: [everybody]", "whom: everybody", 8,
     "short-job-course.whom must be a list such as [a, b], not 'everybody'"),
    (f"{COMMON}/programmes.yaml", "checked_on: 2026-11-22", "checked_on: 2020-11-22", 18,
     "short-job-course.checked_on is before its first day 2021-02-11"),
]  # fmt: skip
ASK, ROUNDS = "screening/questions.yaml", "screening/rounds.yaml"
NEEDS, SCORE = "screening/needs.yaml", "screening/score-v0.yaml"
WORDS, JOBS = "screening/texts.en.yaml", "labour_market/occupations.yaml"
CONTENT_ROWS = [
    (ASK, "dig1: {kind: single", "dig1: {kind: singel", 20,
     "questions.dig1.kind must be 'single', 'scale', 'language', 'multi', 'occupations' or 'grid', "
     "not 'singel'"),
    (ASK, "core: [help_wanted, dig3", "core: [help_wanted", 12,
     "questions.dig3 must stand once in core or branches, not 0 times"),
    (ASK, "alone: none}", "alone: nothing}", 23,
     "questions.open_to.alone names 'nothing', which does not exist; did you mean moving? known: "
     "other_trade, longer_commute, moving, course, shorter_job, none"),
    (ASK, "ask_when: {func1: [some, lot]", "ask_when: {func1: [much, lot]", 28,
     "questions.func3.ask_when.func1 names 'much', which does not exist; known: none, some, lot"),
    (ASK, "func2: {kind: single, route: A-health", "func2: {kind: single, route: A", 27,
     "questions.func2 has the route A-health if, and only if, it stands in the health branch"),
    (ASK, "most: 3,", 'most: "3",', 18,
     "questions.goal_occ.most must be a whole number, not '3' (without quotation marks)"),
    (ROUNDS, "questions: [help_wanted", "questions: [func1", 8,
     "rounds.week-6.questions names 'func1', which does not exist; known: "
     "help_wanted, dig3, expect_job, work36, prev_long, training, goal, goal_occ, travel, dig1, lang, "
     "skills ..."),
    (ROUNDS, "from_week: 13", "from_week: 11", 9,
     "rounds.week-13 must begin after week 11 and end after it has begun"),
    (ROUNDS, "points: false, q", "points: nej, q", 10,
     "rounds.week-22.points must be true or false, not 'nej'"),
    (NEEDS, 'answers: ["no"], raises: true', "answers: [never], raises: true", 6,
     "digital.answers names 'never', which does not exist; known: yes, with_help, no"),
    (NEEDS, "offer: talk-about-adjustments", "offer: talk", 3,
     f"adjustments.offer names 'talk', which does not exist; known: {CODES}"),
    (NEEDS, "- {code: digital,", "- {code: in_person,", 6, "in_person.code in_person stands here twice"),
    (SCORE, "{factor: expect_job", "{factor: sex", 10, "lines.sex.factor sex is never an input of a score"),
    (SCORE, "answer: one_to_three", "answer: one", 11,
     "lines.expect_job.answer names 'one', which does not exist; known: within_month, one_to_three, "
     "three_to_six, later, dont_know"),
    (SCORE, "{factor: training, answer: partly", "{factor: training, answer: abroad", 19,
     "lines.training.points abroad of training carries no points: it leads to help by itself"),
    (SCORE, "points: -8", "points: -8.5", 10, "lines.expect_job.points must be a whole number, not -8.5"),
    (SCORE, "direction: less", "direction: fewer", 10,
     "lines.expect_job.direction must be 'more' or 'less', not 'fewer'"),
    (WORDS, "net: On the net, ", "", 15, "questions.dig3.answers lacks words for net"),
    (WORDS, "  dig2:\n", "  dig22:\n", 69,
     "questions.dig22 names 'dig22', which does not exist; did you mean dig2? known: help_wanted, dig3, "
     "expect_job, work36, prev_long, training, goal, goal_occ, travel, dig1, lang, skills ..."),
    (JOBS, "field: care", "field: caring", 16,
     "occupations.nurse.field names 'caring', which does not exist; did you mean care? known: care, "
     "pedagogy, crafts, industry, transport, hospitality, service, retail, office, it, academic, nature"),
    (JOBS, "code: doctor", "code: nurse", 21, "occupations.nurse.code nurse stands here twice"),
    ("profiles/common/demand.yaml", "[nurse,", "[nursse,", 7,
     "areas.row 1.shortage names 'nursse', which does not exist; did you mean nurse? known: accountant, "
     "architect, baker, bookkeeper, bricklayer, bus-driver, butcher, car-mechanic, care-assistant, "
     "care-helper, caretaker, carpenter ..."),
]  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    yield
    forget_content()


@pytest.fixture
def settings(tmp_path):
    return Settings(
        database_url=f"sqlite:///{tmp_path}/never.test.db",
        secret_key=DEMO_SECRET,
        data_keys=(DEMO_DATA_KEY,),
        testing=True,
    )


def test_the_switches_of_the_demonstration_are_read_as_strictly(settings):
    file = "profiles/demo.yaml"
    with spoilt(file, "enabled: true", "enabled: ja"):
        found = at_start(replace(settings, demo=True))
    assert found == [f"content/{file}:3: screening.route_b.enabled must be true or false, not 'ja'"]


def test_all_faults_of_all_files_are_said_at_once(settings):
    with spoilt(KINDS, "minutes: 45", "minutes: many"), spoilt(PLACES, "rooms: 6", "room: 6"):
        found = at_start(settings)
    assert [line.split(": ")[0].removeprefix("content/") for line in found] == [
        f"{PLACES}:2",
        f"{PLACES}:7",
        f"{KINDS}:7",
    ]
    assert "room is not known here; did you mean rooms? allowed: code, form, name" in found[1]


def at_start(given):
    try:
        create_app(given)
    except ContentError as error:
        return str(error).splitlines()
    return []


def by_doctor(given, monkeypatch):
    monkeypatch.setattr(command, "problems", lambda reading: languages_missing())
    monkeypatch.setattr("jobunivers.learning.catalogue.reading.read_all", Reading)
    return [*doctor.profile_loads(given), *doctor.content_loads(given)]


@pytest.mark.parametrize(("file", "old", "new", "line", "told"), PROFILE_ROWS + CONTENT_ROWS)
def test_a_slip_is_said_in_one_line_at_every_door(
    settings, monkeypatch, file, old, new, line, told
):
    whole = f"content/{file}:{line}: {told}"
    with spoilt(file, old, new):
        if "is missing in" not in told:  # readers get the Danish text: no reason not to start
            assert whole in at_start(settings)
        found = [one.partition(": ")[2] for one in by_doctor(settings, monkeypatch)]
        assert whole in found
        assert whole in [str(one) for one in [*command.data_problems(), *languages_missing()]]
