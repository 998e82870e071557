"""Applies what editors say in `editorial/*.yml` to articles, by whatever name they call them.

Documents and what they were parsed as go in; corrected articles come out, and which files are to be
read again since an editor changed his mind. It must not know where the words of editors stand.
"""

from mujaz.editorial.article_corrections import (
    ArticleCorrections,
    NamedCorrections,
    input_names,
)
from mujaz.editorial.references import References, referring_places

__all__ = [
    "ArticleCorrections",
    "NamedCorrections",
    "References",
    "input_names",
    "referring_places",
]
