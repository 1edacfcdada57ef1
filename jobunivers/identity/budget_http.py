"""What one may write without a log-in: so much in an hour, and never a draft with nothing in it."""

from uuid import UUID

from flask import abort, current_app, request

from jobunivers.identity import rules
from jobunivers.shared import clock, csrf
from jobunivers.shared.budget import Budget

EXTENSION = "anonymous_budget"
# Says nothing about what somebody wants to keep.
NO_WORDS = frozenset({csrf.FIELD, "once", "version", "seen", "lang", "next", "return_to"})


def spend(draft_id: UUID | None) -> None:
    """One write; 429 with a kind page when the hour's budget of the draft, or of the address for
    drafts or writes, is used up.
    """
    budgets = current_app.extensions.setdefault(EXTENSION, {})
    network, now = rules.network_of(request.remote_addr), clock.real_now()
    wanted = [("writes", network, rules.WRITES_PER_ADDRESS)]
    if draft_id is None:
        wanted.append(("drafts", network, rules.DRAFTS_PER_ADDRESS))
    else:
        wanted.append(("draft", str(draft_id), rules.WRITES_PER_DRAFT))
    for name, key, most in wanted:
        if not budgets.setdefault(name, Budget(most)).spend(key, now):
            abort(429, "budget")


def is_empty_form() -> bool:
    """Whether a post brings fields with nothing in them; a button alone is a wish, not nothing."""
    sent = [value.strip() for name, value in request.form.items(multi=True) if name not in NO_WORDS]
    return request.method == "POST" and bool(sent) and not any(sent) and not request.files
