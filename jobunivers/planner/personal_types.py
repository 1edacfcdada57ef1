"""What planner keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "planner_entry",
        "owner_id list_name source position what when done_at",
        why="her private plan",
        ground="asked",
        kept="own",
        sees="herself",
    ),
)
