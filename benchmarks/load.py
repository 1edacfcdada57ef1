"""`jobunivers serve` under open connections that ask one page after the other, against the bare page.

    python -m benchmarks.load [--connections 1 16] [--processes 2] [--threads 8] [--seconds 4]
                              [--page NAME ...] [--path /any/page --persona citizen-da]

For each page and number of connections: requests a second, CPU milliseconds of the server a request
(all its processes, from the system), median and p95; at the end the memory of each process. Loopback,
a fresh demonstration. The client takes its own share of the machine, so requests a second are too few
on few cores; CPU a request is the figure to trust.
"""

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.common import cookie_of, demo_app, scratch_folder

PAGES = {
    "bare page": ("/", None),
    "lesson, signed out": ("/modules/cv/profile-text", None),
    "lesson, signed in": ("/modules/cv/profile-text", "citizen-uk"),
    "free times": ("/my/meetings/book", "citizen-da"),
    "citizen's home": ("/my", "citizen-da"),
    "caseworker's desk": ("/caseworker", "caseworker"),
    "queue of flags": ("/caseworker/flags", "caseworker"),
}
PORT, BARE_PORT = 8191, 8192
START_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")
BARE = "from benchmarks.cpu import bare_app; from waitress import serve; serve(bare_app(), port={})"


def start(command: list[str], url: str) -> subprocess.Popen[bytes]:
    """A server of its own."""
    return subprocess.Popen(
        [sys.executable, *command],
        env=os.environ | {"JU_DEMO": "1", "JU_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def family_of(pid: int) -> list[int]:
    """The process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children until now."""
    ticks = 0
    for one in family_of(pid):
        after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / TICK


def memory(pid: int) -> str:
    """Resident and proportional megabytes of each process."""
    lines = []
    for one in family_of(pid):
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        sizes = dict(line.split(":") for line in rollup.splitlines()[1:])
        resident, proportional = (
            int(sizes[name].removesuffix("kB")) // 1024 for name in ("Rss", "Pss")
        )
        lines.append(f"{resident} MB resident, {proportional} MB proportional")
    return "; ".join(lines)


def wait_for(port: int) -> None:
    """Returns at the first answer."""
    until = time.perf_counter() + START_SECONDS
    while time.perf_counter() < until:
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/", {})
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")


def ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> int:
    """The status of one page, read to its end."""
    connection.request("GET", path, headers={"Accept-Encoding": "br", **headers})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@dataclass
class Run:
    """One page under so many connections."""

    port: int
    path: str
    headers: dict[str, str]
    took: list[float] = field(default_factory=list)  # milliseconds
    errors: int = 0

    def for_seconds(self, seconds: float, connections: int) -> None:
        until = time.perf_counter() + seconds
        clients = [
            threading.Thread(target=self._client, args=(until,)) for _number in range(connections)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _client(self, until: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < until:
            began = time.perf_counter()
            try:
                self.errors += ask(connection, self.path, self.headers) != 200
            except (OSError, http.client.HTTPException):
                self.errors += 1
                connection.close()
            self.took.append((time.perf_counter() - began) * 1000)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--page", nargs="+", choices=PAGES, default=list(PAGES))
    parser.add_argument("--path")
    parser.add_argument("--persona")
    return parser.parse_args()


def measure(
    server: int, port: int, path: str, cookie: str | None, given: argparse.Namespace
) -> str:
    """A row: figures for each number of connections."""
    headers = {"Cookie": cookie} if cookie else {}
    Run(port, path, headers).for_seconds(0.5, max(given.connections))  # warms every process up
    row = []
    for connections in given.connections:
        run, before, began = Run(port, path, headers), cpu_seconds(server), time.perf_counter()
        run.for_seconds(given.seconds, connections)
        elapsed = time.perf_counter() - began
        spent = (cpu_seconds(server) - before) / len(run.took) * 1000
        p95 = statistics.quantiles(run.took, n=20)[-1]
        row.append(
            f"{connections:>3}: {len(run.took) / elapsed:>6.0f}/s {spent:>6.2f} ms CPU, "
            f"p95 {p95:>6.1f} ms, {run.errors} errors"
        )
    return " | ".join(row)


def main() -> None:
    given = arguments()
    pages = {"asked for": (given.path, given.persona)} if given.path else PAGES
    url = f"sqlite:///{scratch_folder() / 'load.demo.db'}"
    app = demo_app(url)
    serve = ["-m", "jobunivers.cli", "serve", "--port", str(PORT)]
    serve += ["--processes", str(given.processes), "--threads", str(given.threads)]
    ours, bare = start(serve, url), start(["-c", BARE.format(BARE_PORT)], url)
    try:
        wait_for(PORT)
        wait_for(BARE_PORT)
        for name in [name for name in pages if given.path or name in given.page]:
            path, persona = pages[name]
            server, port = (bare, BARE_PORT) if name == "bare page" else (ours, PORT)
            cookie = cookie_of(app, persona) if persona else None
            print(f"{name:<20} {measure(server.pid, port, path, cookie, given)}", flush=True)
        print("memory:", memory(ours.pid))
    finally:
        for process in (ours, bare):
            process.send_signal(signal.SIGTERM)
            process.wait(60)


if __name__ == "__main__":
    main()
