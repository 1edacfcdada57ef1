"""`screening calibrate` and `monitor` on files with other people's column names; wrong files are
told in one line.
"""

import csv
from random import Random

import pytest
from click.testing import CliRunner

from jobunivers.commands.screening import command
from jobunivers.screening.estimate_rules import sigmoid


@pytest.fixture
def spell_file(tmp_path):
    """A semicolon file with Danish dates, decimal commas and open spells."""
    rng = Random(5)
    path = tmp_path / "forløb.csv"
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["start", "slut", "årsag", "point", "løn", "køn", "tilbud"])
        for number in range(1200):
            points = rng.randint(-10, 25)
            is_long = rng.random() < sigmoid(-0.5 + 0.7 * points / 10)
            weeks = rng.randint(27, 60) if is_long else rng.randint(1, 26)
            begun = f"{1 + number % 28:02}-{1 + number % 12:02}-2024"
            months = number % 12 + weeks // 4
            left = f"{1 + (weeks * 7) % 28:02}-{1 + months % 12:02}-{2024 + months // 12}"
            left = "" if number % 6 == 0 else left
            writer.writerow(
                [
                    begun,
                    left,
                    "syg" if number % 9 == 0 else "job",
                    points,
                    f"{200 + rng.random():.2f}".replace(".", ","),
                    "mk"[number % 2],
                    int(points > 15),
                ]
            )
    return path


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def common(path):
    return [
        path,
        "--start",
        "start",
        "--end",
        "slut",
        "--until",
        "2025-03-31",
        "--event",
        "årsag=job,uddannelse",
    ]


def test_calibrate_runs_on_dates_commas_and_open_spells(spell_file):
    answer = run(
        "calibrate",
        *common(spell_file),
        "--score",
        "point",
        "--columns",
        "løn",
        "--columns",
        "tilbud",
        "--order",
        "start",
    )
    assert answer.exit_code == 0, answer.output
    for word in (
        "Base rate (weighted for censoring)",
        "Kaplan-Meier",
        "slope",
        "Area under the curve",
        "løn",
        "Gain in Brier score on the newest quarter",
    ):
        assert word in answer.output


def test_monitor_tells_groups_with_intervals(spell_file):
    answer = run(
        "monitor", *common(spell_file), "--score", "point", "--groups", "køn", "--flagged", "tilbud"
    )
    assert answer.exit_code == 0, answer.output
    assert "By køn" in answer.output and "later long who were offered" in answer.output


def test_options_may_stand_in_a_small_mapping_file(spell_file, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "start: start\nend: slut\nuntil: 2025-03-31\nevent: [årsag=job]\nscore: point\n",
        encoding="utf-8",
    )
    assert run("calibrate", spell_file, "--mapping", mapping).exit_code == 0


def test_small_files_show_nothing_numeric(tmp_path):
    path = tmp_path / "small.csv"
    path.write_text("weeks,left\n" + "".join(f"{week},1\n" for week in range(1, 40)))
    answer = run("calibrate", path, "--duration", "weeks", "--event", "left=1")
    assert answer.exit_code == 0 and "nothing numeric is shown" in answer.output
    assert "Area under the curve" not in answer.output


@pytest.mark.parametrize(
    ("content", "arguments", "complaint"),
    [
        ("", ["--duration", "a", "--event", "b"], "no rows"),
        ("a,b\n", ["--duration", "a", "--event", "b"], "no rows"),
        ("a,b\n1,1\n", ["--duration", "x", "--event", "b"], "has no column x"),
        ("a,b\n1,1\n", ["--event", "b"], "how long spells lasted"),
        ("a,b\n1,1\n", ["--duration", "a"], "which spells have ended"),
        ("a,b\nmany,1\n", ["--duration", "a", "--event", "b"], "line 2, a: 'many' is not a number"),
        ("a,b\nyesterday,1\n", ["--start", "a", "--end", "a"], "is not a date"),
        ("a,b\n3,0\n", ["--duration", "a", "--event", "b"], "no outcome is known"),
        ("a,b\n,1\n", ["--duration", "a", "--event", "b"], "no row says"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path, content, arguments, complaint):
    path = tmp_path / "file.csv"
    path.write_text(content)
    answer = run("calibrate", path, *arguments)
    assert answer.exit_code == 1 and complaint in answer.output
    assert "Traceback" not in answer.output and answer.output.count("\n") == 1


@pytest.fixture
def scored(tmp_path):
    """scored(slope) writes spells whose length follows the points that way."""

    def scored(slope, cases=600):
        rng = Random(9)
        path = tmp_path / "scored.csv"
        lines = ["weeks,ended,points,predicted,age,branche"]
        for number in range(cases):
            points = rng.randint(-10, 25)
            is_long = rng.random() < sigmoid(-0.5 + slope * points / 10)
            weeks = rng.randint(27, 60) if is_long else rng.randint(1, 26)
            share = round(sigmoid(-0.5 + points / 10), 4)
            lines.append(f"{weeks},1,{points},{share},{rng.randint(20, 60)},{'abc'[number % 3]}")
        path.write_text("\n".join(lines))
        return path

    return scored


DURATION = ("--duration", "weeks", "--event", "ended=1")


@pytest.mark.parametrize(
    ("verb", "column"), [("calibrate", "score"), ("monitor", "score"), ("monitor", "predicted")]
)
def test_a_reversed_score_fails_and_its_slope_is_applied_nowhere(scored, verb, column):
    name = "points" if column == "score" else "predicted"
    answer = run(verb, scored(-0.9), *DURATION, f"--{column}", name)
    assert answer.exit_code == 1
    for word in ("below 0.5", "the slope is not positive", "TRIPWIRE", "must order nobody"):
        assert word in answer.output, answer.output
    assert "Intercept" not in answer.output


@pytest.mark.parametrize("verb", ["calibrate", "monitor"])
def test_a_score_that_says_nothing_trips_the_wire_and_the_exit_status(scored, verb):
    answer = run(verb, scored(0.0), *DURATION, "--score", "points")
    assert answer.exit_code == 1 and "TRIPWIRE" in answer.output


def test_a_score_that_holds_is_judged_out_of_sample_or_the_line_says_that_it_is_not(scored):
    answer = run("monitor", scored(0.6), *DURATION, "--score", "points")
    assert answer.exit_code == 0, answer.output
    assert "points at slope 1; the level out of sample, in five folds" in answer.output
    assert "recalibrated on this file" not in answer.output
    answer = run("calibrate", scored(0.6), *DURATION, "--score", "points")
    assert answer.exit_code == 0 and "not out of sample; a finding" in answer.output


def test_no_items_are_fitted_around_a_score_that_raised_the_alarm(scored):
    path = scored(-0.9)
    answer = run("calibrate", path, *DURATION, "--score", "points", "--columns", "branche")
    assert answer.exit_code == 1 and "Items" not in answer.output


@pytest.mark.parametrize("verb", ["calibrate", "monitor"])
def test_who_somebody_is_may_be_compared_and_is_never_fitted(scored, verb):
    answer = run(verb, scored(0.6), *DURATION, "--columns", "age", "--columns", "branche")
    assert answer.exit_code == 1 and answer.output.startswith("Error: age: who somebody is")
    assert answer.output.count("\n") == 1


def test_a_column_named_as_a_group_is_never_fitted(scored):
    answer = run(
        *("monitor", scored(0.6), *DURATION, "--columns", "Branche", "--groups", "branche")
    )
    assert answer.exit_code == 1 and "Branche: who somebody is" in answer.output
