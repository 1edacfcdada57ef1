"""What applications keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "letter",
        (
            "owner_id job_title employer apply_by demands proofs call opening middle closing "
            "changed_at"
        ),
        why="her letters to employers",
        ground="asked",
        kept="own",
        sees="herself",
    ),
)
