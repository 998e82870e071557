"""Articles to a collection: what they are about, which are copies, what stands beside them."""

from mujaz.enrich.enrichment import Enrichment, collect, derive
from mujaz.enrich.parallel import Workers, alone
from mujaz.enrich.recipe import believe, recipe, signature

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
