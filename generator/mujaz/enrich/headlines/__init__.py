"""The headlines of other articles that stand beside an article, each in its place.

Goes in: a delta of articles with the raw text of their sidebars. Comes out: the files of other
articles whose sidebars read differently now, and the headlines of each sidebar. It must not know
what else is derived of articles, nor how pages show headlines.
"""

from mujaz.enrich.headlines.sidebars import Sidebars

__all__ = ["Sidebars"]
