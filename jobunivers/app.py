"""The application: settings, extensions, the table of blueprints, error pages, and the wiring
between features.
"""

from typing import Any

from flask import Flask, Response, current_app, g, request
from jinja2 import StrictUndefined

from jobunivers import wiring
from jobunivers.config import ROOT, Settings
from jobunivers.extensions import babel, db, login_manager
from jobunivers.identity import access
from jobunivers.identity import gateways as authenticators
from jobunivers.identity.rules import IDLE
from jobunivers.identity.session_http import Sessions
from jobunivers.identity.viewer_http import load_viewer
from jobunivers.shared import clock, csrf, i18n, kept, logs, outage, patience, statics, tally
from jobunivers.shared.errors_http import register_errors
from jobunivers.shared.kept import CODE
from jobunivers.shared.profile import load_profile
from jobunivers.shared.template_context import register_context
from jobunivers.shared.templating import KeptTemplates, Templates


class Application(Flask):
    """Flask with our templates."""

    jinja_environment = Templates

    def handle_exception(self, error: Exception) -> Response:
        """What went wrong outside a view, such as opening the session: Flask would log the path,
        and with it the token in a link, and answer in plain English.
        """
        if self.testing and not outage.is_away(error):
            raise error
        return outage.answer(error)

    def log_exception(self, exc_info: Any) -> None:
        """Never Flask's own line, which names the path."""
        logs.logger.error("unexpected error", exc_info=exc_info)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """A ready application. Raises UnsafeSettings or ContentError with one clear line when it must
    not start.
    """
    settings = settings or Settings.from_environment()
    settings.ensure_safe()
    app = Application(
        "jobunivers",
        root_path=str(ROOT / "jobunivers"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    configure(app, settings, overrides)
    i18n.compile_catalogues()
    if settings.clock_start:
        clock.start_at(settings.clock_start)
    db.init_app(app)
    # We have no async engines; closing their sessions would cost a tenth of each request and fail
    # beside a running event loop.
    app.teardown_appcontext_funcs[:] = [
        close
        for close in app.teardown_appcontext_funcs
        if getattr(close, "__name__", "") != "_close_async_sessions"
    ]
    with app.app_context():
        patience.be_impatient(db.engine)
    login_manager.init_app(app)
    login_manager.user_loader(load_viewer)
    babel.init_app(
        app,
        locale_selector=i18n.choose_locale,
        default_timezone="Europe/Copenhagen",
        default_translation_directories=str(i18n.TRANSLATIONS),
    )
    babel.domain_instance = i18n.Words()
    app.session_interface = Sessions()
    app.extensions["to_log_in"] = access.to_log_in
    authenticators.register(app, settings.oidc)
    prepare_templates(app)
    app.register_blueprint(csrf.bp)
    register_context(app)
    register_errors(app)
    statics.register(app)
    outage.prepare(app, HEADERS)
    logs.register(app)
    tally.share(app, 1)
    wiring.connect(app)
    app.after_request(access.send_draft_cookie)
    app.after_request(security_headers)
    return app


def prepare_templates(app: Flask) -> None:
    """Our language in templates, no undefined names, and compiled ones kept where that is allowed."""
    i18n.speak_in_templates(app.jinja_env)
    if folder := kept.folder_for("templates", (CODE,)):
        app.jinja_env.bytecode_cache = KeptTemplates(str(folder))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def configure(app: Flask, settings: Settings, overrides: dict[str, Any]) -> None:
    """Copies the settings into Flask's config under their own names."""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        DATA_KEYS=settings.data_keys,
        DEMO=settings.demo,
        TESTING=settings.testing,
        PROFILE=load_profile(settings.profile, demo=settings.demo),
        LOCALES=i18n.locales(),
        SQLALCHEMY_ENGINES={"default": patience.options(settings.database_url)},
        BASE_URL=settings.base_url,
        KIOSK=settings.kiosk,
        METRICS_ALLOWED=settings.metrics_allowed,
        TOTP_REQUIRED=settings.totp_required,
        CSRF_ENABLED=True,
        IDLE_SECONDS=int(IDLE.total_seconds()),
        SESSION_COOKIE_NAME="ju_visit",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=12 * 2**20,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=500,
    )
    app.config.update(overrides)


# What is typed in a form is read, and comes back when it is refused, up to here; twenty times the
# longest that any field takes.
FORM_BYTES = 4 * 2**20
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:;"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def security_headers(response: Any) -> Any:
    """On every answer; pages of somebody who is logged in or has a draft here, pages behind a
    signed link, and files are stored by nobody.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault(
            "Strict-Transport-Security", "max-age=63072000; includeSubDomains"
        )
    if response.mimetype == "text/html":
        is_by_link = (
            getattr(current_app.view_functions.get(request.endpoint or ""), "guard", "")
            == "signed_link"
        )
        is_personal = (
            is_by_link
            or access.viewer() is not None
            or access.DRAFT_COOKIE in request.cookies
            or g.get("draft_cookie")
        )
        response.headers.setdefault(
            "Cache-Control", "private, no-store" if is_personal else "private, no-cache"
        )
        response.vary.update(("Cookie", "HX-Request", "HX-Request-Type", "Accept-Language"))
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
