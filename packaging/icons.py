"""Renders the icon in all sizes that systems ask for, into build/icons.

``artitec-media-16.png`` … ``-512.png`` for Linux, ``artitec-media.ico`` for Windows,
``artitec-media.icns`` for the Mac, and the drawing itself.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
DRAWING: Final = ROOT / "resources" / "icon" / "artitec-media.svg"
SIZES: Final = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)


def render(folder: Path) -> None:
    """Write the files into ``folder``, which is made anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    drawing = QSvgRenderer(str(DRAWING))
    for size in (*SIZES, 1024):
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.render(painter, QRectF(0, 0, size, size))
        painter.end()
        if not image.save(str(folder / f"artitec-media-{size}.png")):
            raise OSError(f"the icon of {size} pixels can't be written into {folder}")
    application.processEvents()
    with Image.open(folder / "artitec-media-1024.png") as large:
        large.save(folder / "artitec-media.icns")
    pictures = [Image.open(folder / f"artitec-media-{size}.png") for size in SIZES if size <= 256]
    pictures[-1].save(folder / "artitec-media.ico", append_images=pictures[:-1])
    shutil.copy(DRAWING, folder)


if __name__ == "__main__":
    render(ROOT / "build" / "icons")
