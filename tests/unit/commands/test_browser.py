"""Where the tests' browser comes from, on machines that are not here."""

from pathlib import Path

import pytest

from jobunivers.commands import _browser
from jobunivers.commands._browser import DEBIAN, NONE, OWN, STARTS, Machine, NoBrowser

CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"


class Fake:
    """A machine with some programs; what it was asked to run."""

    def __init__(self, *, programs=(), files=(), internet=False, libraries=True, packages=()):
        self.programs, self.files = set(programs), set(files)
        self.internet, self.libraries, self.packages = internet, libraries, packages
        self.own, self.asked = False, []

    def run(self, command, **_more):
        self.asked.append(command)
        if command == OWN:
            self.own |= self.internet
            return self.internet
        if command == STARTS:
            return self.own and self.libraries
        if command[:2] == ["apt-get", "install"]:
            there = set(command) & set(self.packages)
            self.programs |= there
            return bool(there)
        return True

    def machine(self, platform="linux", *, root=False, **environment):
        return Machine(
            platform=platform,
            environment=environment,
            which=lambda name: f"/usr/bin/{name}" if name in self.programs else None,
            is_file=lambda path: path in self.files,
            is_root=root,
            run=self.run,
        )


@pytest.mark.parametrize(
    ("platform", "programs", "files", "environment", "path"),
    [
        ("linux", ["chromium"], [], {}, "/usr/bin/chromium"),
        ("linux", ["chromium", "chromium-headless-shell"], [], {}, "/usr/bin/chromium-headless-shell"),
        ("linux", ["chromium"], ["/opt/mine"], {"JU_CHROMIUM": "/opt/mine"}, "/opt/mine"),
        ("linux", [], [CHROME], {}, None),
        ("darwin", [], [CHROME], {}, CHROME),
        ("win32", [], [EDGE], {}, EDGE),
        ("win32", ["chrome"], [EDGE], {}, "/usr/bin/chrome"),
    ],
)  # fmt: skip
def test_a_browser_that_is_there_is_found(platform, programs, files, environment, path):
    fake = Fake(programs=programs, files=files)
    assert _browser.find(fake.machine(platform, **environment)) == path
    assert fake.asked == []


def test_a_named_browser_that_is_not_there_is_said_and_not_replaced():
    fake = Fake(programs=["chromium"], internet=True)
    with pytest.raises(NoBrowser, match="/opt/gone"):
        _browser.ensure(fake.machine(JU_CHROMIUM="/opt/gone"), print)
    assert fake.asked == []


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_with_the_internet_it_is_fetched_once_and_nobody_needs_root(platform):
    fake, said = Fake(internet=True), []
    assert _browser.ensure(fake.machine(platform), said.append) is None
    assert len(said) == 1 and OWN in fake.asked
    fake.asked.clear()
    assert _browser.ensure(fake.machine(platform), said.append) is None
    assert fake.asked == [STARTS] and len(said) == 1


@pytest.mark.parametrize("package", DEBIAN)
@pytest.mark.parametrize("internet", [True, False], ids=["libraries are missing", "no download"])
def test_as_root_debians_package_comes_next(package, internet):
    fake = Fake(programs=["apt-get"], packages=[package], internet=internet, libraries=False)
    assert _browser.ensure(fake.machine(root=True), print) == f"/usr/bin/{package}"


@pytest.mark.parametrize(
    ("programs", "root"), [([], True), (["apt-get"], False), ([], False), (["apt-get"], True)]
)
def test_without_any_way_there_is_one_clear_line(programs, root):
    with pytest.raises(NoBrowser, match=NONE[:20]):
        _browser.ensure(Fake(programs=programs).machine(root=root), print)
    assert "\n" not in NONE


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["-k", "cv"], True),
        (["tests"], True),
        (["tests/browser/test_cv.py::test_a"], True),
        (["tests/unit", "tests/browser"], True),
        (["tests/unit"], False),
        (["tests/checks/test_docs.py::test_a", "-x"], False),
        (["tests/no-such-file.py"], True),
    ],
)
def test_only_tests_that_may_need_one_get_one(arguments, wanted):
    assert _browser.wanted_by(arguments, Path(__file__).parents[3]) is wanted


def test_a_program_that_does_not_exist_is_no_browser():
    assert _browser._run(["no-such-program-anywhere"]) is False
    assert _browser._run(["python3", "-c", "raise SystemExit(3)"]) is False
