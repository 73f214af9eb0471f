"""``artitec-media --try-qt``: which of the parts of Qt that the program needs can be loaded here.

Prints one line of JSON: ``found``, a sentence, and ``missing``, a list of what is not there.
"""

import json
import os
import sys
from pathlib import Path
from typing import Final

_PLATFORMS: Final = {"linux": ("xcb", "wayland"), "darwin": ("cocoa",), "win32": ("windows",)}
_PICTURES: Final = ("jpeg", "png", "gif", "webp", "svg")


def main() -> int:
    """Look, and print; 0 where nothing is missing."""
    os.environ.update({"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"})
    from PySide6.QtCore import QLibraryInfo
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QImageReader

    application = QGuiApplication(sys.argv[:1])
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    names = " ".join(each.name for each in plugins.iterdir()) if plugins.is_dir() else ""
    formats = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    missing = [f"window system {each}" for each in _platforms() if each not in names]
    missing += [f"pictures as {each}" for each in _PICTURES if each not in formats]
    missing += [] if QFontDatabase.families() else ["fonts"]
    missing += [each for each in (_videos(), _words()) if each]
    application.processEvents()
    found = f"{', '.join(_platforms())}; {len(formats)} picture formats; videos; words"
    print(json.dumps({"found": found, "missing": missing}))
    return bool(missing)


def _platforms() -> tuple[str, ...]:
    return _PLATFORMS.get(sys.platform, _PLATFORMS["linux"])


def _videos() -> str:
    """The multimedia plug-in is what knows formats."""
    try:
        from PySide6.QtMultimedia import QMediaFormat
    except ImportError as error:
        return f"videos ({error})"
    formats = QMediaFormat().supportedFileFormats(QMediaFormat.ConversionMode.Decode)
    return "" if QMediaFormat.FileFormat.MPEG4 in formats else "videos"


def _words() -> str:
    """Qt's own words in another language."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    words = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not words.load("qtbase_de", folder):
        return "translations"
    return "" if words.translate("QPlatformTheme", "Cancel") == "Abbrechen" else "translated words"
