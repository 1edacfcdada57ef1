"""What labour market keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "About nobody in particular",
        "barometer_edition",
        "quarter number source is_example published_at",
        why="which quarter of the job barometer is in use",
        ground="none",
        kept="while in use",
        sees="everybody",
    ),
    Personal(
        "About nobody in particular",
        "barometer_entry",
        "edition_id area occupation demand position",
        why="where an occupation stands in it",
        ground="none",
        kept="while in use",
        sees="everybody",
    ),
    Personal(
        "About nobody in particular",
        "vacancy",
        (
            "title workplace place occupation worktime hours danish needs_licence places text"
            " url apply_by words changed_at withdrawn_at"
        ),
        why="concrete jobs; the form asks to name no person",
        ground="none",
        kept="while in use",
        sees="everybody",
    ),
)
