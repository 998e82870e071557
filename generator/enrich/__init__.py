"""Articles to a Corpus: what they are about, which are copies, which stand beside each other."""

from generator.enrich.ahead import Workers, alone
from generator.enrich.corpus import collect, derive

__all__ = ["Workers", "alone", "collect", "derive"]
