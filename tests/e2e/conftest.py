"""The real program in a real X11 window; pictures are kept on failure."""

from pathlib import Path

import pytest

from tests.services.desk import TOOLS, Desk, Program, need

FAILURES = Path(__file__).parent / "failures"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    desk = item.funcargs.get("desk")
    if report.when == "call" and report.failed and desk is not None:
        FAILURES.mkdir(exist_ok=True)
        desk.screenshot(FAILURES / f"{item.name}.png")
    return report


@pytest.fixture
def desk():
    need(*TOOLS)
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture
def program(desk, tmp_path):
    program = Program(desk, tmp_path / "home")
    yield program
    program.close()
    errors = program.errors.read_text() if program.errors.exists() else ""
    assert not errors, errors
