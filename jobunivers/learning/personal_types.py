"""What learning keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "What a person makes herself",
        "lesson_progress",
        "owner_id lesson opened_at saved_at done_at content_hash",
        why="to go on where she was",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "note",
        "owner_id exercise_key value changed_at",
        why="answers of exercises",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "path_entry",
        "owner_id module position dismissed_at",
        why="her own course",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "learning_plan",
        "owner_id weekly_minutes course starts_on",
        why="her own pace, and a ready-made course with its dates",
        ground="asked",
        kept="own",
        sees="herself",
    ),
    Personal(
        "What a person makes herself",
        "learning_plan",
        "situations_sealed",
        why=(
            'what she ticked under "What fits you?", to suggest modules; may say something '
            "about health, so it is sealed"
        ),
        ground="asked",
        kept="own",
        sees="herself, not a helper",
    ),
    Personal(
        "What a person makes herself",
        "lesson_feedback",
        "lesson language content_hash answer sender at",
        why="which lessons help; `sender` is a keyed hash that changes each day",
        ground="none",
        kept="until the lesson goes",
        sees="administrator, as counts",
    ),
    Personal(
        "What a person makes herself",
        "mistake_report",
        "lesson language content_hash sentence note sender at handled_at handled_by_id",
        why="to mend texts; the reader is asked to write nothing about herself",
        ground="none",
        kept="until an editor deletes it",
        sees="administrator",
    ),
    Personal(
        "What a person makes herself",
        "content_sign_off",
        "lesson language content_hash signed_by_id at",
        why="which editor answers for which version of a text on rights",
        ground="task",
        kept="as long as the text is shown",
        sees="administrator",
    ),
)
