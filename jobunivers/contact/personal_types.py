"""What contact keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "The case",
        "need",
        (
            "citizen_id kind reason legal earliest_on deadline_on invited_at status "
            "closed_reason closed_at by_user_id key"
        ),
        why="which meeting she is invited to, until when, why",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "task",
        "citizen_id user_id what note due_on done_at key",
        why="so that nobody is forgotten",
        ground="task",
        kept="case",
        sees="herself (/my/data), team",
    ),
    Personal(
        "The case",
        "exemption",
        "citizen_id scope reason note starts_on ends_on by_user_id",
        why="she need not book herself, or need not meet, for a time",
        ground="task",
        kept="case",
        sees="herself, team, coordinator",
    ),
    Personal(
        "About nobody in particular",
        "closing_day",
        "on location label",
        why="days on which nobody meets",
        ground="none",
        kept="while in use",
        sees="staff",
    ),
)
