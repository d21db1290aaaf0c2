"""A script → the script that is published: without the lines that only those who work on it read.

A quarter of what a page loads would be comments. Lines stay at their numbers, so that an error points into the source.
"""

from __future__ import annotations

import re

# Whole lines only: what stands behind code, or in a text that goes over several lines, is never taken for a comment.
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)(?:.|\n))*\*/[ \t]*)$", re.M)


def without_comments(script: str) -> str:
    """The script with an empty line for each line of a comment."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), script)
