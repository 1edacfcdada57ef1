"""CPU per request against a bare Flask page (Jinja and one indexed read): python benchmarks/cpu.py"""

import sqlalchemy as sa
from flask import Flask, render_template_string

from benchmarks.common import call, cookie_of, cpu_milliseconds, demo_app, scratch_folder

PAGES = [
    ("lesson, signed out", "/modules/cv/profile-text", None, "2x"),
    ("module list, signed out", "/modules", None, "2x"),
    ("lesson, signed in", "/modules/cv/profile-text", "citizen-uk", "5x"),
    ("lesson with Danish beside", "/modules/cv/profile-text?danish=1", "citizen-uk", "5x"),
    ("citizen's home", "/my", "citizen-da", "5x"),
    ("free times", "/my/meetings/book", "citizen-da", "40 ms"),
    ("caseworker's desk", "/caseworker", "caseworker", "12 ms"),
    ("queue of flags", "/caseworker/flags", "caseworker", "12 ms"),
]
BARE = (
    "<!doctype html><html lang=da><title>{{ title }}</title><main><h1>{{ title }}</h1><p>{{ "
    "row.body }}</p></main></html>"
)


def bare_app() -> Flask:
    """Flask, a template and one indexed read on SQLite."""
    app = Flask("bare")
    engine = sa.create_engine(f"sqlite:///{scratch_folder() / 'bare.db'}")
    table = sa.Table(
        "text",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("body", sa.String),
    )
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"body": "x" * 200} for _ in range(1000)])

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == 500)).one()
        return render_template_string(BARE, title="Bare", row=row)

    return app


def main() -> None:
    bare, app = bare_app(), demo_app()
    print(f"{'page':<28} {'CPU ms':>8} {'bare ms':>8} {'x bare':>7}  bar")
    for name, path, persona, bar in PAGES:
        headers = {"Cookie": cookie_of(app, persona)} if persona else {}
        status, _headers, _body = call(app, path, **headers)
        if not status.startswith("200"):
            print(f"{name:<28} {status}")
            continue
        base, spent = cpu_milliseconds(
            lambda: call(bare, "/"), lambda path=path, headers=headers: call(app, path, **headers)
        )
        print(f"{name:<28} {spent:>8.2f} {base:>8.2f} {spent / base:>7.1f}  {bar}")


if __name__ == "__main__":
    main()
