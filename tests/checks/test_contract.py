"""What the outside relies on: commands, their help and exit codes, module slugs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [str(Path(sys.executable).parent / "jobunivers")]
VERBS = [
    "demo",
    "test",
    "serve",
    "worker",
    "db",
    "seed",
    "content",
    "i18n",
    "screening",
    "simulate",
    "citizens",
    "keys",
    "user",
    "doctor",
    "lint",
    "format",
    "types",
    "unit",
    "check",
]
MODULES = [
    "first-steps",
    "what-i-can",
    "job-goals",
    "search-strategy",
    "cv",
    "application",
    "network",
    "linkedin",
    "interview",
    "ai-tools",
    "upskilling",
    "company-routes",
    "impairment",
    "everyday-life",
    "danish-workplaces",
    "foreign-education",
    "before-graduation",
    "first-hundred-days",
    "prepare-a-meeting",
    "own-business",
]


def run(*arguments):
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help(verb):
    result = run(verb, "--help")
    assert result.returncode == 0, result.stderr
    assert "Usage" in result.stdout


def test_wrong_use_exits_2_without_a_traceback():
    for arguments in (["no-such-verb"], ["serve", "--port", "many"]):
        result = run(*arguments)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr


def test_failure_exits_1_with_one_line():
    result = run("demo", "--profile", "nowhere", "--port", "1")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr


def test_all_modules_are_there():
    assert {
        path.name for path in (ROOT / "content" / "learning").iterdir() if path.is_dir()
    } == set(MODULES)


def test_a_failing_test_run_fails_the_command(tmp_path):
    failing = tmp_path / "test_fails.py"
    failing.write_text("def test_fails():\n    raise AssertionError\n")
    assert run("test", str(failing)).returncode == 1
    failing.write_text("def test_passes():\n    pass\n")
    assert run("test", str(failing)).returncode == 0
