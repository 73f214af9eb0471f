"""Values that several commands take."""

import argparse
from datetime import date


def positive(text: str) -> int:
    """A number from 1 to 100,000. Raises as argparse wants it."""
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("must be from 1 to 100,000")
    return number


def day(text: str) -> date:
    """A day as 2024-06-30. Raises as argparse wants it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day such as 2024-06-30") from None
