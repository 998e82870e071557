"""Keyphrases: deltas of articles go in; out come the files whose keyphrases changed.

Noun phrases that are whole, say what an article is about, and are shared with others become its
tags of the kind topic. Must not know how other tags came about, nor of pages.
"""

from mujaz.enrich.keyphrases.keyphrases import KeyPhrases

__all__ = ["KeyPhrases"]
