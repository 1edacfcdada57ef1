"""What can be done with log-ins and owners. Files by noun; callers write
`services.create_user(...)`.
"""

from jobunivers.identity.services.accounts import (
    choose_language,
    citizen_by_proof,
    create_user,
    delete_account,
    disable_user,
    end_session,
    forget_directory,
    staff_by_proof,
)
from jobunivers.identity.services.attempts import (
    count_attempt,
    forget_attempt,
    take_back_attempts,
    tidy,
)
from jobunivers.identity.services.email import ask_for_link, open_link
from jobunivers.identity.services.erasure import erase_people_of
from jobunivers.identity.services.events import note_event
from jobunivers.identity.services.joining import join_to_citizen
from jobunivers.identity.services.owners import (
    code_hash,
    delete_expired_drafts,
    delete_owner,
    give_return_code,
    hand_out_draft,
    new_return_code,
    owner_of_citizen,
    owner_of_visitor,
    start_draft,
)
from jobunivers.identity.services.staff import (
    after_password,
    change_grants,
    close_staff,
    confirm_code_app,
    forget_code_app,
    invite_staff,
    renew_recovery_codes,
    set_password,
    use_code,
    use_recovery_code,
    withhold_name,
)
from jobunivers.identity.services.ways import (
    allow_email,
    belongs_to_staff,
    end_sessions_of,
    mail_opens,
    may_open,
    move_address,
    write_to_address,
)

__all__ = [
    "after_password",
    "allow_email",
    "ask_for_link",
    "change_grants",
    "belongs_to_staff",
    "choose_language",
    "citizen_by_proof",
    "close_staff",
    "code_hash",
    "confirm_code_app",
    "count_attempt",
    "create_user",
    "delete_account",
    "delete_expired_drafts",
    "delete_owner",
    "disable_user",
    "end_session",
    "end_sessions_of",
    "erase_people_of",
    "forget_attempt",
    "forget_code_app",
    "forget_directory",
    "give_return_code",
    "hand_out_draft",
    "invite_staff",
    "join_to_citizen",
    "mail_opens",
    "may_open",
    "move_address",
    "new_return_code",
    "note_event",
    "open_link",
    "owner_of_citizen",
    "owner_of_visitor",
    "renew_recovery_codes",
    "set_password",
    "staff_by_proof",
    "start_draft",
    "take_back_attempts",
    "tidy",
    "use_code",
    "use_recovery_code",
    "withhold_name",
    "write_to_address",
]
