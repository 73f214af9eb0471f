"""Which of many words a few typed letters mean, the best first."""

from collections.abc import Sequence
from typing import Final

#: What a letter is worth: at the beginning of a word, right after the one before, anywhere.
_START, _NEXT, _ANY = 8, 5, 1
_WHOLE: Final = 40


def score(letters: str, text: str) -> int:
    """How well what was typed is met in the text; 0 where one of its words is not at all.

    Both are folded. Words that are there as they were typed count most, then letters in their
    order.
    """
    words = [_word(each, text) for each in letters.split()]
    return sum(words) if all(words) else 0


def _word(letters: str, text: str) -> int:
    at = text.find(letters)
    if at >= 0:
        begins = _WHOLE if at == 0 or not text[at - 1].isalnum() else 0
        return 2 * _WHOLE + begins + (_WHOLE if at == 0 else 0) - min(len(text), _WHOLE) // 2
    total, at, before = 0, -1, -2
    for letter in letters:
        at = text.find(letter, at + 1)
        if at < 0:
            return 0
        if at == before + 1:
            total += _NEXT
        elif at == 0 or not text[at - 1].isalnum():
            total += _START
        else:
            total += _ANY
        before = at
    return total


def best(letters: str, texts: Sequence[str], limit: int) -> list[int]:
    """The places of the best texts; those that are equally good stay in their order."""
    if not letters:
        return list(range(min(limit, len(texts))))
    found = [(points, at) for at, text in enumerate(texts) if (points := score(letters, text))]
    found.sort(key=lambda each: (-each[0], each[1]))
    # Letters that are strewn about mean nothing where the word itself is met.
    least = found[0][0] // 3 if found else 0
    return [at for points, at in found[:limit] if points >= least]
