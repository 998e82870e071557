"""Writes headlines as another source would, so that no model relies on the habits of one."""

from __future__ import annotations

import random
import re

_COLONS = (" : ", ": ", " .. ", ".. ", " ..", "...", " - ", " ")
_QUOTES = ('""', "«»", "“”", "()", "")
_COLON = re.compile(r"\s*:\s+")
_PAUSE = re.compile(r"\s*\.\.+\s*")
_WORD = re.compile("[\u0621-\u064a]{4,}")
_ENDS = ("!", " !", "؟", "..")
_MIN_WORDS = 3
"""Of a part that is a headline by itself."""


class Style:
    """The habits of one source: its punctuation, and how it shortens headlines."""

    def __init__(self, dice: random.Random) -> None:
        """Choose the habits; the dice decide for each headline as well."""
        self._dice = dice
        self._colon = dice.choice(_COLONS)
        self._quotes = dice.choice(_QUOTES)
        self._without_speaker = dice.choice((0, 0.3, 0.7))
        self._without_pause = dice.choice((0, 0.3))
        self._quoting = dice.choice((0, 0, 0.2, 0.6))
        self._exclaiming = dice.choice((0, 0, 0.05))

    def __call__(self, headline: str) -> str:
        """Return a headline in this style."""
        text = self._shortened(headline)
        parts = _COLON.sub(lambda _: self._colon, text).split('"')
        marks = [self._quotes[i % 2 : i % 2 + 1] for i in range(len(parts) - 1)]
        text = "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))
        if self._dice.random() < self._quoting:
            text = self._with_quoted_word(text)
        if self._dice.random() < self._exclaiming:
            text += self._dice.choice(_ENDS)
        return text

    def _shortened(self, text: str) -> str:
        """Return a headline without whoever speaks, or one half of it."""
        _, _, speech = text.partition(": ")
        if len(speech.split()) >= _MIN_WORDS and self._dice.random() < self._without_speaker:
            text = speech
        halves = _PAUSE.split(text)
        if len(halves) == 2 and self._dice.random() < self._without_pause:
            short, long = sorted(halves, key=lambda half: len(half.split()))
            text = long if len(short.split()) < _MIN_WORDS else self._dice.choice(halves)
        return text

    def _with_quoted_word(self, text: str) -> str:
        """Return a headline with a word or two in quotes, often the first, if they are plain."""
        words = text.split()
        first = 0 if self._dice.random() < 0.4 else self._dice.randrange(len(words))
        last = min(first + self._dice.choice((0, 0, 1)), len(words) - 1)
        if len(words) > _MIN_WORDS and all(map(_WORD.fullmatch, words[first : last + 1])):
            marks = self._quotes or "«»"
            words[first] = marks[0] + words[first]
            words[last] += marks[1]
        return " ".join(words)
