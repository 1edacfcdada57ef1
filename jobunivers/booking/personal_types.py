"""What booking keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "Meetings",
        "appointment",
        (
            "citizen_id caseworker_id kind form location starts_at ends_at status sequence "
            "need_id booked_by_id request_key link_code"
        ),
        why=(
            "the meeting; `request_key` makes a form sent twice one booking, `link_code` opens it "
            "from an SMS"
        ),
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "appointment",
        "interpreter_language has_companion access_needs phone video_url",
        why="what this meeting needs",
        ground="asked",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "appointment",
        "survey_open",
        why=(
            "whether she may still say how it was; false says neither that she answered nor "
            "that she did not"
        ),
        ground="asked",
        kept="case",
        sees="herself",
    ),
    Personal(
        "Meetings",
        "survey_count",
        "team kind form month question answer count",
        why="what people say after meetings, as counts",
        ground="none",
        kept="until the municipality removes it",
        sees="from five answers on: coordinator by team, everybody the whole municipality",
    ),
    Personal(
        "Meetings",
        "survey_line",
        "team month text",
        why="a line in her own words; she is asked to write no names",
        ground="asked",
        kept="short: twelve months",
        sees="coordinator, from five answers of the month on",
    ),
    Personal(
        "Meetings",
        "appointment_history",
        (
            "appointment_id at by_user_id by_role from_status to_status from_starts_at "
            "to_starts_at why"
        ),
        why="proof of what was offered and moved",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "participant",
        "appointment_id role user_id citizen_id",
        why="who takes part",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "occupied_cell",
        "resource cell appointment_id",
        why="no time is given away twice",
        ground="task",
        kept="short: until the time is past",
        sees="operation",
    ),
    Personal(
        "Meetings",
        "slot_search",
        "citizen_id at kind form deadline_on found",
        why="proof in her favour that no time was free",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "meeting_job",
        "appointment_id vacancy_id by_user_id",
        why="jobs that a caseworker found for a talk",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Meetings",
        "agenda_point",
        "owner_id appointment_id text source",
        why="her own points for a meeting",
        ground="asked",
        kept="own",
        sees="herself; the caseworker once it belongs to a meeting",
    ),
    Personal(
        "Meetings",
        "opening_window",
        "user_id weekday starts_minute ends_minute forms location valid_from valid_to",
        why="when staff offers meetings",
        ground="task",
        kept="case",
        sees="staff",
    ),
)
