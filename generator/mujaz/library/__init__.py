"""The library: all that is published, its groups, and what each page was made of.

Deltas of articles and stories go in, out come the keys of what changed, and the pages that are
stale. It must not know how articles were understood, nor what pages look like.
"""

from mujaz.library.library import Library
from mujaz.library.staleness import StalePages
from mujaz.library.tracking import TrackedLibrary

__all__ = ["Library", "StalePages", "TrackedLibrary"]
