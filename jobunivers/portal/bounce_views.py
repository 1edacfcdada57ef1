"""Where a gateway reports what became of a mail or an SMS: signed, fresh, and once."""

import hmac

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import signed_link
from jobunivers.messages import bounce_services as bounces
from jobunivers.messages import verdict_rules as verdicts
from jobunivers.shared import clock, csrf
from jobunivers.shared.current import current_settings
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound

bp = Blueprint("bounces", __name__)
FRESH_SECONDS = 300
LONGEST = 10_000


@bp.post("/hooks/deliveries")
@csrf.exempt
@signed_link
def note_delivery() -> ResponseReturnValue:
    """JSON {id, to, status, permanent}. 204 when it is noted or needs nothing, 404 for a message that
    is not ours (or not yet noted as sent: the gateway may report again).
    """
    secret = current_settings().bounce_secret
    if not secret:
        raise NotFound
    _ensure_signed(secret)
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        abort(400)
    report = {name: said.get(name) for name in ("id", "to", "status")}
    if not all(isinstance(text, str) for text in report.values()):
        abort(400)
    why = verdicts.of_report(str(report["status"]), is_permanent=said.get("permanent") is True)
    mark = str(report["id"]).strip("<>").split("@")[0]
    with write():
        bounces.claim(request.headers["X-JU-Signature"])
        if why and not bounces.note([mark], [str(report["to"])], why, now=clock.now()):
            raise NotFound
    return Response(status=204)


def _ensure_signed(secret: str) -> None:
    """The sign is HMAC-SHA256 of "<timestamp>.<body>" in hex; older or later than five minutes is
    refused.
    """
    at, sign = (request.headers.get(f"X-JU-{name}", "") for name in ("Timestamp", "Signature"))
    if (request.content_length or LONGEST + 1) > LONGEST or not at.isascii() or not at.isdigit():
        abort(400)
    text = at.encode() + b"." + request.get_data()
    right = hmac.digest(secret.encode(), text, "sha256").hex()
    is_fresh = abs(clock.real_now().timestamp() - int(at[:15])) <= FRESH_SECONDS
    if not hmac.compare_digest(right.encode(), sign.encode()) or not is_fresh:
        abort(403)
