"""Two web processes of `jobunivers serve` under 16 connections: python -m benchmarks.load
[--seconds 20] [--connections 16]

Uses the loopback and a fresh demonstration. Each connection stays open and asks one page after the
other; p95, p99 and errors per page.
Two processes on two ports stand for two workers behind a proxy; the client itself takes its share
of the machine.
"""

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.common import cookie_of, demo_app

PORTS = (8191, 8192)
PAGES = {
    "lesson, signed out": ("/modules/cv/profile-text", None),
    "citizen's home": ("/my", "citizen-uk"),
    "lesson, signed in": ("/modules/cv/profile-text", "citizen-uk"),
    "free times": ("/my/meetings/book", "citizen-da"),
    "caseworker's desk": ("/caseworker", "caseworker"),
}
START_SECONDS = 60


def serve(url: str, port: int) -> subprocess.Popen[bytes]:
    """One web process."""
    environment = os.environ | {"JU_DEMO": "1", "JU_DATABASE_URL": url}
    command = [sys.executable, "-m", "jobunivers.cli", "serve", "--port", str(port)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(port: int) -> float:
    """Seconds until the first answer."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_SECONDS:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"nothing answers on port {port}")


class Client(threading.Thread):
    """One connection."""

    def __init__(self, number: int, cookies: dict[str, str], until: float) -> None:
        super().__init__(daemon=True)
        self.number, self.cookies, self.until = number, cookies, until
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection(
            "127.0.0.1", PORTS[self.number % len(PORTS)], timeout=10
        )
        names = list(PAGES)
        turn = self.number
        while time.perf_counter() < self.until:
            name = names[turn % len(names)]
            path, persona = PAGES[name]
            began = time.perf_counter()
            try:
                connection.request(
                    "GET",
                    path,
                    headers={"Accept-Encoding": "br", "Cookie": self.cookies[persona]}
                    if persona
                    else {"Accept-Encoding": "br"},
                )
                answer = connection.getresponse()
                answer.read()
                self.errors += answer.status != 200
            except (OSError, http.client.HTTPException):
                self.errors += 1
                connection.close()
            self.took[name].append((time.perf_counter() - began) * 1000)
            turn += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, default=16)
    given = parser.parse_args()
    url = f"sqlite:///{Path(tempfile.mkdtemp(prefix='ju-load-')) / 'load.demo.db'}"
    app = demo_app(url)
    cookies = {persona: cookie_of(app, persona) for _path, persona in PAGES.values() if persona}
    processes = [serve(url, port) for port in PORTS]
    try:
        print("start to first answer:", ", ".join(f"{wait_for(port):.2f} s" for port in PORTS))
        clients = [
            Client(number, cookies, time.perf_counter() + given.seconds)
            for number in range(given.connections)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join(given.seconds + 15)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    total = 0
    for name in PAGES:
        took = sorted(one for client in clients for one in client.took[name])
        total += len(took)
        percentiles = statistics.quantiles(took, n=100)
        print(
            f"{name:<22} {len(took):>6} requests, median {percentiles[49]:>6.1f} ms, p95 "
            f"{percentiles[94]:>6.1f} ms, p99 {percentiles[98]:>6.1f} ms"
        )
    print(
        f"{total / given.seconds:.0f} requests a second, {sum(client.errors for client in clients)} errors"
    )


if __name__ == "__main__":
    main()
