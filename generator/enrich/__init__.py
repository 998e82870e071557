"""Articles to a collection: what they are about, which are copies, what stands beside them."""

from generator.enrich.ahead import Workers, alone
from generator.enrich.corpus import Enrichment, collect, derive
from generator.enrich.recipe import believe, recipe, signature

__all__ = [
    "Enrichment",
    "Workers",
    "alone",
    "believe",
    "collect",
    "derive",
    "recipe",
    "signature",
]
