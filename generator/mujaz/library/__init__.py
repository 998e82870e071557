"""TODO."""

from mujaz.library.groups import ALL, kind_of, name_of
from mujaz.library.library import Collection


class Library(Collection):
    def apply(self, delta):
        return self.update(delta.removed, delta.upserted)

    def all_articles(self):
        return self.articles(own for _, own in self.members(ALL))
