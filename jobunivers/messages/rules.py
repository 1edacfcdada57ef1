"""When and how messages leave: quiet hours, retries, channels, caps, promised answers. Pure."""

from collections.abc import Container, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from jobunivers.messages.types import CAPPED, Channel, Purpose, Reach, Recipient

FIRST_RETRY_SECONDS = 5
LONGEST_RETRY_SECONDS = 3600
MAX_ATTEMPTS = 80  # doubling to an hour, then hourly: about three days without the nights
SMS_LATIN, SMS_OTHER = 160, 70
TWO_LATIN, TWO_OTHER = 306, 134  # each of two parts says that it is one of two
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)  # 3GPP TS 23.038
GSM_7_TWICE = frozenset("^{}\\[~]|€")
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
CAP_DAYS = 7
HEADS_UP = timedelta(hours=2)  # to hear that a meeting is off before one has left home
EARLIEST = time(6)
EVENING = timedelta(hours=2)
POST_TAKES = timedelta(days=6)  # five days of the ordinary letter, and one until it is posted
PATIENCE = timedelta(days=3)


def retry_at(attempts: int, now: datetime) -> datetime:
    """When a job that failed for the `attempts`-th time is tried again: 5, 10, 20 ... seconds, at
    most an hour.
    """
    return now + timedelta(
        seconds=min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** min(attempts - 1, 20))
    )


def is_quiet(moment: datetime, quiet_hours: tuple[int, int], zone: tzinfo) -> bool:
    """True between the hours (21, 9) of the local clock, when nothing is sent."""
    begins, ends = quiet_hours
    hour = moment.astimezone(zone).hour
    return hour >= begins or hour < ends if begins > ends else begins <= hour < ends


def quiet_ends(moment: datetime, quiet_hours: tuple[int, int], zone: tzinfo) -> datetime:
    """The next instant at which sending begins again on the local clock."""
    local = moment.astimezone(zone)
    morning = datetime.combine(local.date(), time(quiet_hours[1]), zone)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), time(quiet_hours[1]), zone)
    return morning.astimezone(moment.tzinfo)


def evening_before(moment: datetime, quiet_hours: tuple[int, int], zone: tzinfo) -> datetime:
    """Two hours before the quiet time that holds this moment: a good time for what may come early."""
    local = moment.astimezone(zone)
    begins = datetime.combine(local.date(), time(quiet_hours[0]), zone)
    if begins > local:
        begins = datetime.combine(local.date() - timedelta(days=1), time(quiet_hours[0]), zone)
    return (begins - EVENING).astimezone(moment.tzinfo)


def polite_time(
    moment: datetime,
    quiet_hours: tuple[int, int],
    zone: tzinfo,
    *,
    begins_at: datetime | None = None,
) -> datetime:
    """When something leaves: now; or, when it is quiet, as soon as quiet time ends.

    News about a thing that begins before then, or so soon after that she would have left home,
    leaves two hours before it begins but not before six, and at once when that is past. The one
    rule for planning and for sending.
    """
    if not is_quiet(moment, quiet_hours, zone):
        return moment
    morning = quiet_ends(moment, quiet_hours, zone)
    if begins_at is None or begins_at <= moment or begins_at - HEADS_UP >= morning:
        return morning
    six = datetime.combine(begins_at.astimezone(zone).date(), EARLIEST, zone)
    early = max(begins_at - HEADS_UP, six.astimezone(moment.tzinfo))
    return max(moment, early) if early < begins_at else moment


def reach(
    recipient: Recipient,
    *,
    begins_at: datetime,
    now: datetime,
    quiet_hours: tuple[int, int],
    zone: tzinfo,
) -> Reach:
    """How and when she hears of something that begins then. Paper takes days, and a thread that
    nobody announces may stay unread: near the time both count as not reached.
    """
    channel = choose_channel(recipient)
    if channel in (Channel.EMAIL, Channel.SMS):
        return Reach(channel, polite_time(now, quiet_hours, zone, begins_at=begins_at))
    is_in_time = channel is not Channel.CALL and begins_at - now >= POST_TAKES
    return Reach(channel, now if is_in_time else None)


def choose_channel(recipient: Recipient, dead: Container[Channel] = ()) -> Channel:
    """The channel she chose when we can use it (`dead`: it refused us before); paper when she is
    exempt from Digital Post or nothing else works; a call when we have no street either. NONE: the
    thread only.
    """
    if recipient.channel == Channel.NONE:
        return Channel.NONE
    by_hand = Channel.LETTER if recipient.address else Channel.CALL
    if recipient.digital_post_exempt or recipient.channel == Channel.LETTER:
        return by_hand
    order = (
        (Channel.SMS, Channel.EMAIL)
        if recipient.channel == Channel.SMS
        else (Channel.EMAIL, Channel.SMS)
    )
    known = {Channel.EMAIL: recipient.email, Channel.SMS: recipient.phone}
    return next((way for way in order if known[way] and way not in dead), by_hand)


def instead(*, has_street: bool, happens_at: datetime | None, now: datetime) -> Channel:
    """What takes the place of a message that did not get through: a letter, or a call when there is
    no street, or the post would come too late.
    """
    is_near = happens_at is not None and happens_at - now < POST_TAKES
    return Channel.LETTER if has_street and not is_near else Channel.CALL


def is_enough(first_at: datetime, now: datetime) -> bool:
    """Tried for three days: time for another way."""
    return now - first_at >= PATIENCE


def may_send(purpose: Purpose, *, sent_lately: int, cap: int) -> bool:
    """False when an invitation or reminder would be one too many within seven days; confirmations
    always go.
    """
    return purpose not in CAPPED or sent_lately < cap


def plain_sms(text: str) -> str:
    """With the signs of the old alphabet where they say the same, so that one sign does not halve
    what fits into an SMS.
    """
    return text.translate(PLAIN)


def fits_sms(text: str, *, in_two: bool = False) -> bool:
    """One part: 160 signs of the old alphabet (some count twice), else 70 (UCS-2); or two parts."""
    latin, other = (TWO_LATIN, TWO_OTHER) if in_two else (SMS_LATIN, SMS_OTHER)
    if all(sign in GSM_7 or sign in GSM_7_TWICE for sign in text):
        return len(text) + sum(sign in GSM_7_TWICE for sign in text) <= latin
    return len(text.encode("utf-16-be")) // 2 <= other


def fitting(texts: Sequence[str]) -> str:
    """The first text that fits into one SMS; when none does, the last one, cut."""
    plain = [plain_sms(text) for text in texts]
    last = plain[-1]
    while not fits_sms(last):
        last = last[:-1]
    return next((text for text in plain if fits_sms(text)), last)


def with_link(linked: Sequence[str], bare: Sequence[str]) -> str:
    """A text whose link counts more than a second part of an SMS: in one part, else in two; without
    it only when the address is longer than both.
    """
    plain = [plain_sms(text) for text in linked]
    found = next((text for text in plain if fits_sms(text)), None)
    return found or next((text for text in plain if fits_sms(text, in_two=True)), fitting(bare))


def answer_by(written_on: date, working_days: int, closed: Container[date]) -> date:
    """The day by which an answer is promised: that many working days after the day of writing."""
    day, left = written_on, working_days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            left -= 1
    return day
