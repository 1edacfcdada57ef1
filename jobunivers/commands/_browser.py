"""A browser for the tests: one that is there, Playwright's own, or Debian's package.

The choice is a function of what the machine says of itself (`Machine`), so that macOS, Windows and
a machine without root are tried without being there.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
OWN = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
STARTS = [
    sys.executable,
    "-c",
    "from playwright.sync_api import sync_playwright as play\n"
    "with play() as p: p.chromium.launch(chromium_sandbox=False).close()",
]
DEBIAN = ("chromium-headless-shell", "chromium")
NONE = (
    "No browser: install Chromium or Chrome, or name one in JU_CHROMIUM"
    " (its download failed, and there is no apt-get as root)."
)


class NoBrowser(Exception):
    """There is none, and none could be got."""


def _run(command: Sequence[str], **more: str) -> bool:
    """True when the command ran and ended well. It must not wait for an answer, nor be read."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


@dataclass(frozen=True)
class Machine:
    """What the choice depends on."""

    platform: str = sys.platform
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    which: Callable[[str], str | None] = shutil.which
    is_file: Callable[[str], bool] = lambda path: Path(path).is_file()
    is_root: bool = hasattr(os, "geteuid") and os.geteuid() == 0
    run: Callable[..., bool] = _run


def find(machine: Machine) -> str | None:
    """The program that JU_CHROMIUM names, else the first on the PATH or in its usual place."""
    if named := machine.environment.get("JU_CHROMIUM"):
        if machine.is_file(named) or machine.which(named):
            return named
        raise NoBrowser(f"JU_CHROMIUM names {named}, and there is no such program.")
    on_path = (path for name in NAMES if (path := machine.which(name)))
    in_place = (path for path in PLACES.get(machine.platform, ()) if machine.is_file(path))
    return next(on_path, None) or next(in_place, None)


def ensure(machine: Machine, say: Callable[[str], None]) -> str | None:
    """The browser's path, None for Playwright's own; gets one where there is none."""
    if found := find(machine):
        return found
    if machine.run(STARTS):
        return None
    say("Getting a browser for the tests (once) ...")
    if machine.run(OWN, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="20000") and machine.run(STARTS):
        return None
    if machine.is_root and machine.which("apt-get"):
        machine.run(["apt-get", "update", "-qq"])
        for package in DEBIAN:
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            machine.run([*install, package, "fonts-dejavu-core"], DEBIAN_FRONTEND="noninteractive")
            if found := find(machine):
                return found
    raise NoBrowser(NONE)


def wanted_by(arguments: Sequence[str], root: Path) -> bool:
    """Whether tests chosen with these pytest arguments may need one."""
    paths = [Path(argument.partition("::")[0]) for argument in arguments]
    chosen = [(root / path).resolve() for path in paths if (root / path).exists() and str(path)]
    home = (root / "tests" / "browser").resolve()
    return not chosen or any(
        path == home or path in home.parents or home in path.parents for path in chosen
    )
