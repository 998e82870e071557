"""Stories: articles about one event, over days and across sources, and what to read after each.

Deltas of complete articles go in; out come deltas of stories and of related articles, which are
written to the library's tables. Any order and split of the same changes ends in the same stories.
Nothing here knows where articles come from, or what pages show of a story.
"""

from mujaz.enrich.stories.stories import Stories
from mujaz.enrich.stories.story_edits import StoryEdits

__all__ = ["Stories", "StoryEdits"]
