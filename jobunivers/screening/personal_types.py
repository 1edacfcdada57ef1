"""What screening keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "Questions about help",
        "screening",
        "citizen_id landmark locale version finished_at health_agreed_at",
        why=(
            "which questionnaire, in which language and wording; when she said yes to being "
            "asked about health"
        ),
        ground="asked",
        kept="case, 12 months after the spell at most",
        sees="herself, team",
    ),
    Personal(
        "Questions about help",
        "answer",
        "screening_id question value is_skipped wording answered_at typed_by_id",
        why="her answers, or that she skipped; who typed them in with her",
        ground="asked",
        kept="as above",
        sees="herself, team",
    ),
    Personal(
        "Questions about help",
        "health_answer",
        "citizen_id screening_id question value_sealed answered_at typed_by_id",
        why=(
            "functions and health, sealed and apart; off until the municipality has named its"
            " ground"
        ),
        ground="asked",
        kept="until she deletes it",
        sees="herself, right: health answers",
    ),
    Personal(
        "Questions about help",
        "flag",
        "citizen_id screening_id route rule params wording_version status raised_at decision_id",
        why="a signal that she may want more help",
        ground="asked; points only where the municipality has named its ground",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Questions about help",
        "review",
        ("flag_id reviewer_id choice reason note message offer_kind need_id decided_at seen_at"),
        why="what a person decided and why",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Questions about help",
        "flag_reply",
        "flag_id text read_at",
        why="she sees it differently",
        ground="asked",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Questions about help",
        "screening_event",
        "number citizen_id kind payload previous_hash hash",
        why=(
            "proof that no decision was automatic; a chain that shows tampering; scored answers "
            "leave it with the answers"
        ),
        ground="security",
        kept="case",
        sees="herself (/my/data), operation",
    ),
    Personal(
        "About nobody in particular",
        "screening_draw",
        "team_id week capacity seed carried drawn_at",
        why="how the places of a week were drawn",
        ground="none",
        kept="case",
        sees="coordinator",
    ),
)
