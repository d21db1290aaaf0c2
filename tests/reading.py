"""How hard a text is to read: the Flesch-Kincaid grade, the school year in which it is understood."""

from __future__ import annotations

import re

import pyphen

SYLLABLES = pyphen.Pyphen(lang="en_US")


def grade(text: str) -> float:
    """0.39 × words a sentence + 11.8 × syllables a word − 15.59. What has two words or fewer is no sentence."""
    words = _words(text)
    sentences = [part for part in re.findall(r"\b[^.!?]+", text) if len(_words(part)) > 2]
    syllables = sum(len(SYLLABLES.positions(word.lower())) + 1 for word in words)
    return 0.39 * len(words) / max(1, len(sentences)) + 11.8 * syllables / len(words) - 15.59


def _words(text: str) -> list[str]:
    """Without punctuation, so that a word with a hyphen or an apostrophe is one."""
    return re.sub(r"[^\w\s]", "", text).split()
