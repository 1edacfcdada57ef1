"""Bytes of a first visit as a phone gets them (brotli): python benchmarks/weight.py"""

import re

from benchmarks.common import call, cookie_of, demo_app

PAGES = [
    ("/", None),
    ("/modules", None),
    ("/modules/cv", None),
    ("/modules/cv/profile-text", None),
    ("/log-in", None),
    ("/help", None),
    ("/my", "citizen-uk"),
    ("/caseworker", "caseworker"),
]
ASSET = re.compile(rb'(?:href|src)="(/static/[^"#]+)[#"]')


def main() -> None:
    import brotli

    app = demo_app()
    print(f"{'page':<28} {'HTML':>7} {'CSS':>7} {'HTML+CSS':>9} {'all':>7} {'requests':>9}")
    for path, persona in PAGES:
        headers = {"Cookie": cookie_of(app, persona)} if persona else {}
        _status, answer, body = call(app, path, **headers)
        plain = brotli.decompress(body) if answer.get("Content-Encoding") == "br" else body
        assets = sorted(set(ASSET.findall(plain)))
        sizes = {
            asset.decode(): len(call(app, asset.decode().split("?")[0])[2]) for asset in assets
        }
        css = sum(size for name, size in sizes.items() if ".css" in name)
        print(
            f"{path:<28} {len(body):>7} {css:>7} {len(body) + css:>9} "
            f"{len(body) + sum(sizes.values()):>7} {1 + len(sizes):>9}"
        )


if __name__ == "__main__":
    main()
