"""What those who run the house see."""

from jobunivers.messages import worker_jobs as worker


def test_process_says_that_it_lives(client):
    assert client.http.get("/healthz").text == "ok\n"


def test_not_ready_until_a_worker_was_seen_and_says_which_part(app, client):
    answer = client.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "ready": False,
        "database": "ok",
        "migrations": "ok",
        "worker": "never seen",
        "messages": {"not_reached": 0, "tried_in_vain": 0, "without_end": 0},
    }
    worker.breathe(app)
    answer = client.http.get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (200, True)


def test_metrics_are_prometheus_text_for_allowed_addresses_only(client):
    client.get("/")
    text = client.http.get("/metrics").text
    assert 'jobunivers_requests_total{method="GET",status="200"}' in text
    assert (
        "jobunivers_worker_seen_seconds -1" in text
        and "# TYPE jobunivers_outbox_jobs gauge" in text
    )
    assert client.http.get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 404
