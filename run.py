#!/usr/bin/env python3
"""python3 run.py demo | test | <verb>: makes .venv on first use (uv if found, else venv + pip),
then runs the verb in it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
INPUTS = [ROOT / "requirements.lock", ROOT / "pyproject.toml"]


def make_environment() -> None:
    """Installs the locked packages into .venv; does nothing when lock, settings and Python are
    unchanged.
    """
    want = hashlib.sha256(
        b"".join(path.read_bytes() for path in INPUTS) + sys.version.encode()
    ).hexdigest()
    stamp = VENV / ".stamp"
    if stamp.exists() and stamp.read_text() == want:
        return
    print("Preparing the environment (first use, about half a minute) ...", file=sys.stderr)
    if uv := shutil.which("uv"):
        subprocess.run(
            [uv, "venv", "-q", "--allow-existing", "--python", sys.executable, VENV], check=True
        )
        pip = [uv, "pip", "install", "-q", "--python", str(BIN / "python")]
    else:
        venv.create(VENV, with_pip=True)
        pip = [str(BIN / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, cwd=ROOT
    )
    subprocess.run([*pip, "--no-deps", "-e", str(ROOT)], check=True, cwd=ROOT)
    stamp.write_text(want)


def with_compiled_modules(environment: dict[str, str]) -> dict[str, str]:
    """Keeps compiled modules in .venv, also where the machine keeps none beside their sources (many
    containers): each process of ours starts a second sooner.
    """
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "compiled"))
    return environment


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- the one place where an older Python may arrive
        sys.exit("Python 3.11 or newer is needed.")
    make_environment()
    verb, *rest = sys.argv[1:] or ["demo"]
    command = [str(BIN / "jobunivers"), verb, *rest]
    process = subprocess.Popen(command, cwd=ROOT, env=with_compiled_modules(dict(os.environ)))
    while True:  # Ctrl-C goes to both of us: it ends the verb in its own time, and we say nothing
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
