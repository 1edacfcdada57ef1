"""What messages keeps of people, and why: docs/privacy.md, her files
and the checks are made from it.
"""

from jobunivers.shared.privacy import Personal

PERSONAL = (
    Personal(
        "Messages",
        "message",
        "citizen_id author_id from_citizen kind body params key read_at answered_at",
        why="the thread between her and staff",
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Messages",
        "delivery",
        "message_id channel address sent_at failed_at why by_user_id reference sent_to "
        "reference_at",
        why=(
            "by which way a notice left, and whether it arrived or came back (a mark and a keyed "
            "fingerprint of the address, for 30 days)"
        ),
        ground="task",
        kept="case",
        sees="herself, team",
    ),
    Personal(
        "Messages",
        "unreachable_address",
        "channel fingerprint why",
        why=("an address or number that refused us, as a keyed fingerprint: not tried again"),
        ground="task",
        kept="90 days",
        sees="nobody: nothing can be read from it",
    ),
    Personal(
        "Messages",
        "outbox_job",
        ("kind payload key subject_key run_at not_after state attempts locked_until done_at error"),
        why="work after a commit; ids, codes and addresses, no contents",
        ground="security",
        kept="short: finished jobs go at night",
        sees="operation",
    ),
    Personal(
        "About nobody in particular",
        "worker_seen",
        "name seen_at",
        why="the worker lives",
        ground="none",
        kept="while in use",
        sees="operation",
    ),
)
