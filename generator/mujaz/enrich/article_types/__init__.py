"""Article types: an article goes in; out it comes as news, opinion, interview and the like.

Must not know of other articles, nor overrule a type that the input or an editor states.
"""

from mujaz.enrich.article_types.weighing import with_type

__all__ = ["with_type"]
