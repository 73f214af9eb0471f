"""Small grey frames from all over a video, for its signature.

One black opening frame is in many videos; five frames from a tenth to nine tenths tell them apart.
"""

from typing import Final

from .child import OutOfTime, TooMuchOutput
from .video_probe import SAFE, Run, VideoStream

#: When, as shares of the duration.
MOMENTS: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
#: Sides of a frame in pixels: what a signature is computed from.
SIDE: Final = 128


def extract_frames(
    ffmpeg: str, path: str, stream: VideoStream, duration: float, run: Run
) -> tuple[bytes, ...]:
    """The frames at :data:`MOMENTS`, upright, squeezed into 128 × 128 pixels of 8 bits.

    The last ones are black where the sound is longer than the pictures. None where they can't be
    had in time: the video is a good one all the same.
    """
    command = [ffmpeg, "-nostdin"]
    graph = []
    for number, share in enumerate(MOMENTS):
        command += [*SAFE, "-ss", f"{share * duration:.3f}", "-i", f"file:{path}"]
        graph.append(
            f"[{number}:{stream.index}]trim=end_frame=1,scale={SIDE}:{SIDE}:flags=area,"
            f"format=gray,setsar=1[f{number}]"
        )
    inputs = "".join(f"[f{n}]" for n in range(len(MOMENTS)))
    # One picture, one below the other: so no frame is dropped for its time.
    graph.append(f"{inputs}concat=n={len(MOMENTS)},tile=1x{len(MOMENTS)}:color=black[all]")
    command += ["-filter_complex", ";".join(graph), "-map", "[all]", "-f", "rawvideo", "pipe:1"]
    size = SIDE * SIDE
    try:
        # One byte more than there should be: then it is something else.
        pixels = run(command, size * len(MOMENTS) + 1).output
    except (OutOfTime, TooMuchOutput):
        return ()
    if len(pixels) != size * len(MOMENTS):
        return ()
    return tuple(pixels[at : at + size] for at in range(0, len(pixels), size))
