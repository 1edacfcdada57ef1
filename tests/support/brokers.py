"""The whole way out to a log-in provider and back."""

from urllib.parse import urlsplit

import requests

from tests.support.patience import PATIENCE


def go(client, sub, kind="citizen", next_url="", answer=None):
    """The whole way out and back; returns the path that the person comes back to."""
    out = client.get(f"/log-in/with/{kind}?next={next_url}", status=302)
    back = requests.post(
        out.location, data=answer or {"sub": sub}, allow_redirects=False, timeout=PATIENCE
    )
    return urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl()
