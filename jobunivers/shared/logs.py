"""One JSON line a request: time, id, route, status, milliseconds. Never paths with ids, query
strings, names, answers or tokens.
"""

import json
import logging
import sys
import uuid
from typing import Any

from flask import Flask, Response, g, request

from jobunivers.shared import clock

logger = logging.getLogger("jobunivers")


def _is_ours(record: logging.LogRecord) -> bool:
    """Other libraries put paths, and with them tokens, into the arguments of their messages."""
    return record.name.split(".")[0] == logger.name


class JsonLines(logging.Formatter):
    """A log record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.real_now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage() if _is_ours(record) else str(record.msg),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            # The type and place only: messages of exceptions can carry what a person typed.
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            line |= {"error": record.exc_info[0].__name__}
            if trace:
                file = trace.tb_frame.f_code.co_filename.rsplit("/jobunivers/", 1)[-1]
                line |= {"where": f"{file}:{trace.tb_lineno}"}
        return json.dumps(line, ensure_ascii=False)


def set_up() -> None:
    """JSON lines on stderr; for commands that serve."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def say(message: str, **fields: Any) -> None:
    """A line of our own; fields are ids and numbers."""
    logger.info(message, extra={"fields": fields})


def register(app: Flask) -> None:
    """Times and logs every request."""

    @app.before_request
    def begin() -> None:
        g.began = clock.monotonic()
        g.request_id = uuid.uuid4().hex[:12]

    @app.after_request
    def log(response: Response) -> Response:
        if request.endpoint not in ("statics.static_file", "operation.healthz"):
            spent = round((clock.monotonic() - g.get("began", clock.monotonic())) * 1000, 1)
            rule = request.url_rule.rule if request.url_rule else None
            say(
                "request",
                id=g.get("request_id"),
                method=request.method,
                route=rule,
                status=response.status_code,
                ms=spent,
            )
        response.headers.setdefault("X-Request-Id", g.get("request_id", "-"))
        return response
