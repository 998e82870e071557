"""Documents to Articles: what each line of a raw page is, and what the newsroom says of it."""

from generator.parse.article import article
from generator.parse.doubts import doubts, unread_fields
from generator.parse.known import Known
from generator.parse.lessons import Lessons, learn
from generator.parse.lines import Draft, draft

__all__ = ["Draft", "Known", "Lessons", "article", "doubts", "draft", "learn", "unread_fields"]
