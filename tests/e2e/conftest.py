"""The real program in a real X11 window; pictures are kept on failure."""

from pathlib import Path

import pytest

from tests.services.desk import Program
from tests.services.desk import desk as desk

FAILURES = Path(__file__).parent / "failures"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    desk = item.funcargs.get("desk")
    if report.when == "call" and report.failed and desk is not None:
        FAILURES.mkdir(exist_ok=True)
        desk.screenshot(FAILURES / f"{item.name}.png")
    return report


def expect_no_fault(program):
    """Nothing was said on its standard error, and nothing was left uncaught."""
    errors = program.errors.read_text() if program.errors.exists() else ""
    assert not errors, errors
    # One that is empty stands ready for a crash of a process that was ended.
    crashes = "".join(each.read_text() for each in (program.home / "crashes").glob("*.txt"))
    assert not crashes, crashes


@pytest.fixture
def program(desk, tmp_path):
    program = Program(desk, tmp_path / "home")
    yield program
    program.close()
    expect_no_fault(program)


@pytest.fixture
def second(desk, program):
    made = Program(desk, program.home)
    made.errors = program.errors.with_name("stderr-2.txt")
    yield made
    made.close()
    expect_no_fault(made)
