"""A real OpenID provider in a thread, and mailboxes that the worker fills."""

import warnings

import pytest
import requests

from jobunivers.identity import gateways as authenticators
from jobunivers.messages import gateways as channels
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from tests.support.patience import PATIENCE

CLIENT = {"client_id": "jobunivers", "client_secret": "secret"}


@pytest.fixture(scope="module")
def issuer():
    """The provider's address; people are added with `person`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import oidc_provider_mock

        with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def broker(app, issuer):
    """The provider serves both citizens and staff; `broker(citizen_acr_values=...)` sets it up
    otherwise.
    """

    def set_up(**more):
        settings = {
            f"{kind}_{name}": value
            for kind in authenticators.KINDS
            for name, value in {"issuer": issuer, **CLIENT}.items()
        }
        authenticators.register(app, {**settings, **more})

    set_up()
    yield set_up
    authenticators.register(app, {})


@pytest.fixture
def person(issuer):
    """person("sub", name=...) exists at the provider."""

    def add(sub, **claims):
        claims = {"acr": "https://data.gov.dk/concept/core/nsis/loa/Substantial", **claims}
        requests.put(f"{issuer}/users/{sub}", json=claims, timeout=PATIENCE).raise_for_status()
        return sub

    return add


@pytest.fixture
def mailbox(monkeypatch, app):
    """mailbox("a@b") -> the mails that the worker has sent there so far."""
    sent = []
    monkeypatch.setattr(channels, "send_mail", lambda mail, message_id: sent.append(mail))

    def of(address):
        worker.run_once(app, clock.now(), at_night_too=True)
        return [mail for mail in sent if mail.to == address]

    return of
