"""When and how messages leave: quiet hours, retries, channels, caps, promised answers. Pure."""

from collections.abc import Container, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from jobunivers.messages.types import CAPPED, Channel, Purpose, Reach, Recipient

FIRST_RETRY_SECONDS = 5
LONGEST_RETRY_SECONDS = 3600
MAX_ATTEMPTS = 80  # doubling to an hour, then hourly: gives up after about three days
SMS_CHARACTERS = 150
CAP_DAYS = 7
HEADS_UP = timedelta(hours=2)  # to hear that a meeting is off before one has left home
EARLIEST = time(6)
EVENING = timedelta(hours=2)
POST_TAKES = timedelta(days=6)  # five days of the ordinary letter, and one until it is posted


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
    return Reach(channel, now if begins_at - now >= POST_TAKES else None)


def choose_channel(recipient: Recipient) -> Channel:
    """The channel she chose when we can use it; paper when she is exempt from Digital Post or
    nothing else is known. NONE: the thread only.
    """
    if recipient.channel == Channel.NONE:
        return Channel.NONE
    if recipient.digital_post_exempt or recipient.channel == Channel.LETTER:
        return Channel.LETTER
    order = (
        (Channel.SMS, Channel.EMAIL)
        if recipient.channel == Channel.SMS
        else (Channel.EMAIL, Channel.SMS)
    )
    reachable = {Channel.EMAIL: bool(recipient.email), Channel.SMS: bool(recipient.phone)}
    return next((channel for channel in order if reachable[channel]), Channel.LETTER)


def may_send(purpose: Purpose, *, sent_lately: int, cap: int) -> bool:
    """False when an invitation or reminder would be one too many within seven days; confirmations
    always go.
    """
    return purpose not in CAPPED or sent_lately < cap


def fitting(texts: Sequence[str], limit: int = SMS_CHARACTERS) -> str:
    """The first text that fits into an SMS; the last one, cut, when none does."""
    return next((text for text in texts if len(text) <= limit), texts[-1][:limit])


def answer_by(written_on: date, working_days: int, closed: Container[date]) -> date:
    """The day by which an answer is promised: that many working days after the day of writing."""
    day, left = written_on, working_days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            left -= 1
    return day
