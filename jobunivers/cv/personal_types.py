"""What cv keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "cv",
        "owner_id name title email phone place profile language changed_at",
        why="her CV",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "cv_entry",
        "cv_id section position title place started ended points",
        why="its lines",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "cv_version",
        "cv_id name own changed_at",
        why="a version of her CV for one job, and what it says differently",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "cv_pick",
        "version_id entry_id is_in position own",
        why="which lines go into that version, in which order and words",
        ground="asked",
        kept="own",
        sees="herself",
    ),
)
