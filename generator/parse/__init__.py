"""Documents to Articles: what each line of a raw page is, and what the newsroom says of it."""

from generator.parse.article import Draft, article, draft, learn

__all__ = ["Draft", "article", "draft", "learn"]
