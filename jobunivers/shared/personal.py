"""What our tools keep of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "Log-ins and proof",
        "audit_event",
        "actor_id actor_role citizen_id action purpose detail",
        why="who looked at or did what; codes and ids, never contents",
        ground="security",
        kept="case",
        sees="herself, operation",
    ),
    Personal(
        "Log-ins and proof",
        "audit_event",
        "number salt digest hash",
        why=(
            "a chain that shows what was changed or removed; when a case is erased `number`, "
            "`digest` and `hash` stay and say nothing about anybody"
        ),
        ground="security",
        kept="as long as the log; `salt`: case",
        sees="operation",
    ),
    Personal(
        "About nobody in particular",
        "chain_head",
        "name number hash mac",
        why="where each log ends, signed",
        ground="none",
        kept="while in use",
        sees="operation",
    ),
)
