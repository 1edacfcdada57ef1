"""Static files: each URL carries a hash of the content, so that phones keep it for a year and never
see an old one.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, current_app, request

from jobunivers.config import ROOT

STATIC = ROOT / "static"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain",
}
PRIVATE = ("scss", "fonts-pdf")
YEAR = 365 * 24 * 3600
bp = Blueprint("statics", __name__)


@lru_cache
def _read(path: str) -> tuple[bytes, bytes, str] | None:
    """(content, brotli of it, hash), or None when there is no such public file."""
    try:
        file = (STATIC / path).resolve()
        is_there = file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return None
    if (
        not is_there
        or not file.is_relative_to(STATIC)
        or file.suffix not in TYPES
        or path.split("/")[0] in PRIVATE
    ):
        return None
    return _packed(file.read_bytes())


@lru_cache
def _packed(content: bytes) -> tuple[bytes, bytes, str]:
    return content, brotli.compress(content), hashlib.sha256(content).hexdigest()[:10]


def static_url(path: str) -> str:
    """The URL of static/<path> with its version. Raises FileNotFoundError for a missing file."""
    found = _read(path)
    if found is None:
        raise FileNotFoundError(path)
    return f"/static/{path}?v={found[2]}"


@bp.get("/static/<path:path>")
def static_file(path: str) -> Response:
    """A file of static/, brotli when the browser takes it; unversioned URLs are kept for an hour."""
    found = _read(path)
    if found is None:
        abort(404)
    return _answer(*found, TYPES[Path(path).suffix])


def theme_url() -> str | None:
    """The URL of the municipality's colours, None when it keeps the product's."""
    css = current_app.config["PROFILE"].css
    return f"/theme.css?v={_packed(css.encode())[2]}" if css else None


@bp.get("/theme.css")
def theme() -> Response:
    """The municipality's colours, made at start from its profile."""
    return _answer(*_packed(current_app.config["PROFILE"].css.encode()), TYPES[".css"])


def _answer(content: bytes, packed: bytes, version: str, mimetype: str) -> Response:
    is_packed = "br" in request.headers.get("Accept-Encoding", "")
    response = Response(packed if is_packed else content, mimetype=mimetype)
    if is_packed:
        response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")
    fresh = request.args.get("v") == version
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if fresh else "public, max-age=3600"
    )
    response.set_etag(version + ("-br" if is_packed else ""))
    response.make_conditional(request)
    return response


static_file.guard = theme.guard = "public"  # type: ignore[attr-defined]
MINIMUM_TO_PACK = 500


def pack_page(response: Response, quality: int = 4) -> Response:
    """HTML and JSON leave as brotli when the browser takes it (quality 4: a fifth of a millisecond
    for a lesson, two thirds of 5's time).
    """
    if (
        response.direct_passthrough
        or response.mimetype not in ("text/html", "application/json", "text/plain")
        or "Content-Encoding" in response.headers
        or "br" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    body = response.get_data()
    if len(body) >= MINIMUM_TO_PACK:
        response.set_data(brotli.compress(body, quality=quality))
        response.headers["Content-Encoding"] = "br"
        response.vary.add("Accept-Encoding")
    return response


def register(app: Flask) -> None:
    """Serves static files and packs pages."""
    app.register_blueprint(bp)
    app.after_request(pack_page)
