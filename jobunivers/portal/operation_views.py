"""For those who run the house: is it alive, is it ready, how does it do."""

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import operator, public
from jobunivers.messages import health_queries as health
from jobunivers.messages import queries
from jobunivers.shared import clock, tally

bp = Blueprint("operation", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process lives; asks nobody."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """200 when database, migrations and worker are fine, else 503; says which part is not."""
    parts = health.parts()
    is_ready = all(state == "ok" for state in parts.values())
    messages = health.trouble() if parts["migrations"] == "ok" else {}
    return jsonify({"ready": is_ready, **parts, "messages": messages}), 200 if is_ready else 503


@bp.get("/metrics")
@operator
def metrics() -> ResponseReturnValue:
    """Figures as Prometheus text, for allowed addresses only."""
    return Response(
        "\n".join([*_house_lines(), *_request_lines()]) + "\n",
        content_type="text/plain; version=0.0.4; charset=utf-8",
    )


@bp.after_app_request
def count(response: Response) -> Response:
    """Counts every answer by method and status; nothing about who asked for what."""
    spent = clock.monotonic() - g.get("began", clock.monotonic())
    tally.of(current_app).count(request.method, response.status_code, spent)
    return response


def _house_lines() -> list[str]:
    now = clock.now()
    figures = queries.outbox_figures(now)
    late = max((now - figures.oldest_due).total_seconds(), 0) if figures.oldest_due else 0
    return [
        *_head("jobunivers_outbox_jobs", "gauge", "Jobs in the outbox by state."),
        *(
            f'jobunivers_outbox_jobs{{state="{state}"}} {number}'
            for state, number in sorted(figures.by_state.items())
        ),
        *_head(
            "jobunivers_outbox_oldest_due_seconds",
            "gauge",
            "How long the oldest due job has waited.",
        ),
        f"jobunivers_outbox_oldest_due_seconds {late:.0f}",
        *_head(
            "jobunivers_worker_seen_seconds",
            "gauge",
            "Seconds since a worker was last seen; -1 for never.",
        ),
        f"jobunivers_worker_seen_seconds {health.seconds_since_worker():.0f}",
        *_head(
            "jobunivers_letters_to_post", "gauge", "Letters that wait to be printed and posted."
        ),
        f"jobunivers_letters_to_post {queries.count_letters()}",
        *_trouble_lines(),
    ]


def _trouble_lines() -> list[str]:
    texts = {
        "not_reached": "Messages that reached nobody: somebody must call or post a letter.",
        "tried_in_vain": "Jobs that failed and are tried again.",
        "without_end": "Messages that nobody will ever finish; must be 0.",
    }
    lines = []
    for name, number in health.trouble().items():
        lines += [*_head(f"jobunivers_messages_{name}", "gauge", texts[name])]
        lines += [f"jobunivers_messages_{name} {number}"]
    return lines


def _request_lines() -> list[str]:
    counts = tally.of(current_app)
    requests, seconds = counts.answers(), counts.seconds()
    return [
        *_head("jobunivers_requests_total", "counter", "Answers of all web processes here."),
        *(
            f'jobunivers_requests_total{{method="{method}",status="{status}"}} {number}'
            for (method, status), number in sorted(requests.items())
        ),
        *_head("jobunivers_request_seconds_total", "counter", "Time spent answering."),
        f"jobunivers_request_seconds_total {seconds:.3f}",
    ]


def _head(name: str, kind: str, text: str) -> list[str]:
    return [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
