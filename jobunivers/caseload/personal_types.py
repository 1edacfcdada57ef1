"""What caseload keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "The case",
        "citizen",
        "name name_key email phone address locale channel digital_post_exempt",
        why="to reach her in her language and by a safe way; `name_key` is for searching",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "citizen",
        "interpreter_language access_needs",
        why="so that a meeting works for her; written by herself or for her",
        ground="asked",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "citizen",
        "cpr_sealed cpr_fingerprint",
        why=(
            "to tell people apart at intake; sealed, found again by a keyed hash, shown "
            "without the last four digits"
        ),
        ground="task",
        kept="case",
        sees="team (masked)",
    ),
    Personal(
        "The case",
        "citizen",
        "person_uuid",
        why="to recognise her log-in",
        ground="task",
        kept="case",
        sees="operation",
    ),
    Personal(
        "The case",
        "citizen",
        "team_id name_protected last_seen_at",
        why="who is responsible; protected name and address; who has not been here for long",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "citizen_change",
        "citizen_id by_user_id what detail",
        why="proof of who changed the record; codes and field names, no values",
        ground="security",
        kept="case",
        sees="herself",
    ),
    Personal(
        "The case",
        "name_protection",
        "citizen_id is_protected reason by_user_id",
        why="when and why her name and address was protected or no longer",
        ground="security",
        kept="case",
        sees="herself, her caseworker and coordinator",
    ),
    Personal(
        "The case",
        "spell",
        "citizen_id started_on ended_on target_group outcome",
        why="deadlines of the contact course; why a period ended",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "assignment",
        "citizen_id user_id started_at ended_at reason",
        why="who was her caseworker when",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "The case",
        "way_in_wish",
        (
            "citizen_id way params reason by_user_id expires_at answer answered_at "
            "answered_by_id answered_as"
        ),
        why=(
            "nobody on the staff opens a way into her case alone; address or helper are "
            "forgotten once it is answered"
        ),
        ground="security",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "About nobody in particular",
        "team",
        "name target_groups",
        why="teams of staff",
        ground="none",
        kept="while in use",
        sees="staff",
    ),
    Personal(
        "About nobody in particular",
        "team_member",
        "team_id user_id",
        why="who belongs to which",
        ground="task",
        kept="while in use",
        sees="staff",
    ),
    Personal(
        "Meetings",
        "absence",
        "user_id starts_at ends_at reason substitute_id",
        why="when staff is away and who stands in; holiday, course or other, nothing about health",
        ground="task",
        kept="case",
        sees="staff",
    ),
)
