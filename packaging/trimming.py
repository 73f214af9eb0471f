"""What is left out of an installer: parts that this program never uses, and Qt's GPL modules."""

from fnmatch import fnmatch
from pathlib import PurePath
from typing import Final

_GPL_OF_QT: Final = (
    "Charts", "DataVisualization", "Graphs", "GraphsWidgets", "VirtualKeyboard", "NetworkAuth",
    "HttpServer",
)  # fmt: skip
_UNUSED_OF_QT: Final = (
    "Qml", "Quick", "QuickWidgets", "QuickControls2", "Quick3D", "WebEngineCore",
    "WebEngineWidgets", "WebEngineQuick", "WebChannel", "WebSockets", "WebView", "Pdf",
    "PdfWidgets", "Designer", "Help", "Test", "Sql", "Xml", "Sensors", "SerialPort", "SerialBus",
    "Bluetooth", "Nfc", "Positioning", "Location", "RemoteObjects", "Scxml", "StateMachine",
    "SpatialAudio", "TextToSpeech", "3DCore", "3DRender", "3DInput", "3DLogic", "3DAnimation",
    "3DExtras", "UiTools", "AxContainer", "Concurrent", "PrintSupport", "OpenGL", "OpenGLWidgets",
)  # fmt: skip
#: Python modules that nothing here imports at run time.
EXCLUDED: Final = [
    # imagehash's, for hashes that are made otherwise here (processing/hashes.py)
    "scipy",
    "pywt",
    "tkinter",
    "unittest",
    "pydoc",
    "doctest",
    "setuptools",
    "pip",
    "pytest",
    "numpy.f2py",
    "numpy.testing",
    "numpy.distutils",
    "PIL.ImageTk",
    "PIL.ImageQt",
    "alembic.testing",
    "sqlalchemy.testing",
    "mako.testing",
    # never to be shipped: it writes plain text where no keyring is
    "keyrings",
    # the extra ``ai``: its model is as large as all the rest
    "onnxruntime",
    # GPL, and nothing here uses them
    "readline",
    "_gdbm",
    "dbm.gnu",
    "IPython",
    "matplotlib",
    *(f"PySide6.Qt{name}" for name in (*_GPL_OF_QT, *_UNUSED_OF_QT)),
]
#: Clients that boto3 is asked for, and what it needs to find their addresses and retries.
_BOTOCORE: Final = (
    "s3",
    "sts",
    "sso",
    "sso-oidc",
    "endpoints.json",
    "partitions.json",
    "_retry.json",
    "sdk-default-configuration.json",
)
_UNWANTED: Final = (
    # Qt: other platforms' and other toolkits' plug-ins, and what only Qt Quick would use
    "*libQt6Quick?*.so*", "*libQt6VirtualKeyboard*", "*libQt6Charts*", "*libQt6Pdf*",
    "*libQt6DataVisualization*", "*libQt6Graphs*", "*libQt6HttpServer*", "*libQt6NetworkAuth*",
    "*libQt6Lottie*", "*libQt6ShaderTools*", "*libQt6Eglfs*", "*Qt6Quick?*.dll",
    "*Qt6Pdf*.dll", "*Qt6VirtualKeyboard*.dll", "*/plugins/platforms/libqeglfs*",
    "*/plugins/platforms/libqlinuxfb*", "*/plugins/platforms/libqvnc*",
    "*/plugins/platforms/libqvkkhrdisplay*", "*/plugins/platforms/libqminimalegl*",
    "*/plugins/egldeviceintegrations/*", "*/plugins/platformthemes/libqgtk3*",
    "*/plugins/qmltooling/*", "*/plugins/sqldrivers/*", "*/plugins/generic/*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*", "*/plugins/imageformats/*qpdf*",
    "*/plugins/networkinformation/*", "*/plugins/webview/*",
    "*/plugins/printsupport/*", "*/plugins/designer/*", "*/qml/*",
    "*opengl32sw.dll",  # a second OpenGL in software, of 20 MB: the window is drawn without any
    # the sources of what is compiled, and type hints
    "*.pyi", "*.pxd", "*/PySide6/*.pyi", "*/tests/*",
    # what only the GTK theme would use
    "libgtk-3*", "libgdk*", "libcairo*", "libpango*", "libatk*", "libatspi*", "libepoxy*",
    "libharfbuzz*", "libgraphite2*", "libpixman*", "libfribidi*", "libthai*", "libdatrie*",
    # of the system's, or its drivers would meet another one than they were made with
    "libstdc++*", "libgcc_s*", "libfontconfig*", "libfreetype*", "libexpat*",
)  # fmt: skip
#: Parts of names that no installer may have: Qt's modules under the GPL alone, and others' GPL.
FORBIDDEN: Final = (
    "qt6charts",
    "qtcharts",
    "datavisualization",
    "qt6graphs",
    "qtgraphs",
    "virtualkeyboard",
    "networkauth",
    "httpserver",
    "qt6lottie",
    "libx264",
    "libx265",
    "keyrings/alt",
    "libreadline",
    "libgdbm",
)
#: Languages of Qt's own words that are kept, as ``qtbase_de.qm``.
_WORDS: Final = "qtbase_*.qm"


def is_wanted(name: str) -> bool:
    """Whether a file of PyInstaller's collection, by its place in the folder, is to be there."""
    path = PurePath(name).as_posix()
    if "/translations/" in path and path.endswith(".qm"):
        return fnmatch(PurePath(path).name, _WORDS)
    if "qtawesome/fonts/" in path:
        return "phosphor" in path
    if "botocore/data/" in path:
        after = path.split("botocore/data/", 1)[1]
        return after.split("/")[0] in _BOTOCORE
    if "/boto3/data/" in f"/{path}":
        return path.split("boto3/data/", 1)[1].split("/")[0] == "s3"
    return not any(fnmatch(path, each) for each in _UNWANTED)
