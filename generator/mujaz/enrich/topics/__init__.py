"""Topics: an article goes in; out it comes with the section that its words are clear of, if any.

Must not know of other articles, nor overrule a section that the input or an editor named.
"""

from mujaz.enrich.topics.classifier import with_section

__all__ = ["with_section"]
