"""``artitec-media``: a subcommand runs without a window, anything else opens it."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--video-poster"] and len(words) == 2:
        # Helper mode: a decoder's crash ends this process, not the application.
        from .ui.video_poster import main as video_poster

        return video_poster(words[1])
    if words[:1] == ["--try-file"] and len(words) == 3:
        # Helper mode: a file that made the application crash is tried out where it does no harm.
        from .services.trial import main as try_file

        return try_file(words[1:])
    if words == ["--try-qt"]:
        # Helper mode: the self-test looks whether Qt's parts can be loaded.
        from .ui.trying_qt import main as try_qt

        return try_qt()
    from .cli.parser import parser

    args = parser().parse_args(words)
    if args.command in (None, "gui"):
        from .ui.application import run as run_window

        return run_window(args)
    from .cli.commands import run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
