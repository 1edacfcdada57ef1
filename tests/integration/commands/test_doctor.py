"""The doctor really tries what an installation needs: log-in providers, disk, files, database rights."""

import contextlib
import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa

from jobunivers.commands import doctor
from jobunivers.config import Settings
from jobunivers.shared.db import engine_for

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/loa/Substantial"
DISCOVERY, KEYS = "/.well-known/openid-configuration", "/keys"


@contextlib.contextmanager
def provider(answers):
    """A log-in provider that says this by path; a text is sent as it is, a number is the status."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            found = answers.get(self.path, 404)
            body = found if isinstance(found, str) else json.dumps(found)
            body = body.replace("ISSUER", f"http://127.0.0.1:{self.server.server_port}")
            self.send_response(found if isinstance(found, int) else 200)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def settings(**more):
    return Settings("sqlite:///nothing.db", "s", ("k",), **more)


GOOD = {DISCOVERY: {"issuer": "ISSUER", "jwks_uri": "ISSUER/keys"}, KEYS: {"keys": [{"kid": "1"}]}}


def about(**more):
    return {**GOOD, DISCOVERY: {**GOOD[DISCOVERY], **more}}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (GOOD, ""),
        (about(acr_values_supported=["low", SUBSTANTIAL]), ""),
        (about(acr_values_supported=["low"]), "offers none of those that we accept"),
        (about(issuer="https://another.example"), "names itself by another issuer"),
        ({**GOOD, KEYS: {"keys": []}}, "has none: no answer can be checked"),
        ({**GOOD, KEYS: 500}, "keys: 127.0.0.1 answers 500"),
        (about(jwks_uri=""), "keys: nobody does not answer"),
        ({DISCOVERY: "<html>"}, "something that is no JSON"),
        ({DISCOVERY: "[]"}, "something that is no JSON"),
        ({}, "answers 404"),
    ],
)
def test_doctor_asks_the_broker_for_discovery_keys_and_level(answers, told):
    with provider(answers) as url:
        own = {"citizen_issuer": url, "citizen_client_id": "a", "citizen_client_secret": "b"}
        said = list(doctor.brokers_answer(settings(oidc=own)))
    assert [told in line for line in said] == ([True] if told else []), said


def test_doctor_names_a_broker_that_is_away_or_half_set_up():
    own = {"staff_issuer": "http://127.0.0.1:1", "citizen_client_id": "without issuer"}
    said = "\n".join(doctor.brokers_answer(settings(oidc=own)))
    assert "log-in (staff): 127.0.0.1 does not answer" in said and "citizen" not in said
    assert "JU_OIDC_STAFF_CLIENT_ID is not set" in said


def test_no_level_at_all_is_said_at_the_start_and_by_doctor():
    own = {"citizen_issuer": "https://x.example", "citizen_accepted_acr": "none"}
    assert any("no level of assurance" in line for line in settings(oidc=own).warnings())
    assert not settings(oidc={**own, "citizen_accepted_acr": "high"}).warnings()


@pytest.fixture
def house(tmp_path):
    """Settings of a house whose database is a file."""
    folder = tmp_path / "house"
    folder.mkdir(mode=0o700)
    file = folder / "real.db"
    file.touch(mode=0o600)
    names = {"anchors": str(folder / "anchors.jsonl"), "erasures": str(folder / "gone.jsonl")}
    return file, Settings(f"sqlite:///{file}", "s", ("k",), **names)


@pytest.mark.parametrize("name", ["real.db", "real.db-wal", "anchors.jsonl", "gone.jsonl"])
def test_doctor_names_each_file_that_others_can_read(house, name):
    file, told = house
    assert list(doctor.house_is_closed(told)) == []
    one = file.with_name(name)
    one.touch()
    one.chmod(0o640)
    [line] = doctor.house_is_closed(told)
    assert name in line and "can be read by others" in line
    one.chmod(0o600)
    assert list(doctor.house_is_closed(told)) == []


def test_doctor_names_a_folder_that_everybody_can_write(house):
    file, told = house
    file.parent.chmod(0o777)
    [line] = doctor.house_is_closed(told)
    assert "can be written by everybody" in line


def test_doctor_names_a_full_disk(house, monkeypatch):
    _file, told = house
    full = shutil._ntuple_diskusage(10**12, 10**12, 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    [line] = doctor.house_is_closed(told)
    assert "less than 500 MB are free" in line


def test_doctor_really_writes_a_file(house, monkeypatch):
    _file, told = house

    def full(**_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", full)
    said = list(doctor.house_is_closed(told))
    assert said and all("No space left on device" in line for line in said)


def test_doctor_names_a_database_that_may_only_be_read(app, engine_name, database_url, monkeypatch):
    engine = engine_for(database_url)
    try:
        assert list(doctor.may_write(engine)) == []
        forbid = {
            "sqlite": "PRAGMA query_only = 1",
            "postgresql": "SET default_transaction_read_only = on",
        }

        @sa.event.listens_for(engine, "connect")
        def only_read(connection, _record):
            cursor = connection.cursor()
            cursor.execute(forbid[engine_name])
            connection.commit()
            cursor.close()

        engine.dispose()
        [line] = doctor.may_write(engine)
        assert "database: cannot be written" in line
    finally:
        engine.dispose()
