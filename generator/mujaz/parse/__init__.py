"""Documents to Articles: what each line of a raw page is, and what the newsroom says of it."""

from mujaz.parse.article import article
from mujaz.parse.doubts import doubts, unread_fields
from mujaz.parse.lines import Draft, draft
from mujaz.parse.site_knowledge.knowledge import Known
from mujaz.parse.site_knowledge.site_knowledge import Lessons, learn

__all__ = ["Draft", "Known", "Lessons", "article", "doubts", "draft", "learn", "unread_fields"]
