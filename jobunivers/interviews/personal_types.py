"""What interviews keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "interview_answer",
        "owner_id question value changed_at",
        why="her answers for interviews",
        ground="asked",
        kept="own",
        sees="herself",
    ),
)
