"""What goals keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "job_goal",
        "owner_id track position title",
        why="her job goals",
        ground="asked",
        kept="own",
        sees="herself",
    ),
)
