"""Articles to a collection: what they are about, which are copies, which stand beside each other."""

from generator.enrich.ahead import Workers, alone
from generator.enrich.corpus import Enrichment, collect, derive

__all__ = ["Enrichment", "Workers", "alone", "collect", "derive"]
