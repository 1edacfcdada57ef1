"""Lessons on a bad line: the service worker, and the page for everything that was not kept
(docs/learning.md).
"""

import json

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from jobunivers.config import ROOT
from jobunivers.identity.access import public
from jobunivers.shared import device
from jobunivers.shared.content import digest
from jobunivers.shared.page_cache import same_for_everybody
from jobunivers.shared.statics import static_url, theme_url
from jobunivers.shared.web import page

bp = Blueprint("offline", __name__)
ASSETS = ("css/ju.css", "vendor/htmx.min.js", "js/ju.js", "js/lesson.js", "img/favicon.svg")
SCRIPTS = ROOT / "static" / "js"


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker with the addresses of what it keeps. For shared computers: one that
    removes everything and itself.
    """
    if device.is_shared():
        body = (SCRIPTS / "worker-off.js").read_text(encoding="utf-8")
    else:
        body = (SCRIPTS / "worker.js").read_text(encoding="utf-8")
        assets = [url for url in (*map(static_url, ASSETS), theme_url()) if url]
        kept = {
            "version": digest(body + "".join(assets)),
            "assets": assets,
            "offline": url_for(".show_offline"),
        }
        body = f"const KEPT = {json.dumps(kept)};\n{body}"
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache", "Vary": "Cookie"}
    return Response(body, mimetype="text/javascript", headers=headers)


@bp.get("/offline")
@public
@same_for_everybody
def show_offline() -> ResponseReturnValue:
    """What stands in place of a page that cannot be reached now, with the lessons kept on this
    phone.
    """
    return page("learning/offline.html")
