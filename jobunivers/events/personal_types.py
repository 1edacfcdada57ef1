"""What events keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "Meetings",
        "event_sign_up",
        "event_id citizen_id number has_seat",
        why="that she comes to an event or waits for a seat; the row goes when she signs off",
        ground="asked",
        kept="case",
        sees="herself; administrator, as a count",
    ),
    Personal(
        "About nobody in particular",
        "event",
        (
            "title text starts_at ends_at place url language seats sign_up_by changed_at "
            "cancelled_at"
        ),
        why="events and job fairs",
        ground="none",
        kept="while in use",
        sees="everybody",
    ),
)
