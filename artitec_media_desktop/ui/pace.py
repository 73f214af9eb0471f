"""How fast a number of bytes grows."""

from collections import deque
from collections.abc import Callable
from time import monotonic


class Pace:
    """The growth over the last seconds; a shrinking number (a new batch) starts it afresh."""

    def __init__(self, seconds: float = 15.0, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque()

    def per_second(self, done: int) -> float:
        """Take note of ``done`` bytes and return the pace in bytes a second, 0 when unknown."""
        now = self._clock()
        if self._samples and done < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now, done))
        while now - self._samples[0][0] > self._seconds and len(self._samples) > 2:
            self._samples.popleft()
        start, first = self._samples[0]
        return (done - first) / (now - start) if now > start else 0.0
