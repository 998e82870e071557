"""TODO."""

from mujaz.library.library import Collection
from mujaz.library.groups import kind_of, name_of, ALL


class Library(Collection):
    def apply(self, delta):
        return self.update(delta.removed, delta.upserted)

    def all_articles(self):
        return self.articles(own for _, own in self.members(ALL))
