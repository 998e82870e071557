"""What programs leave in a text that people wrote, and no line of it shows once it is cleaned.

An old typesetting program sets one control character before headings and offices, and two before
captions; a service that hides addresses of e-mail from robots leaves a notice where one stood, and
an empty script behind it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mujaz.model import Document

_MARK = "\x1a"
_MARKS = re.compile(rf"(?:^|(?<=\s)){_MARK}{{1,4}}|{_MARK}{{1,4}}(?=\s)")
"""Set off by white space: within a word it is an accident."""
_CAPTIONS = re.compile(rf"(?:{_MARK}{_MARK}[^\n{_MARK}.!؟?:]{{3,90}}\s*)+\Z")
_MAX_CAPTIONS_CHARACTERS = 600
_ENDS_SENTENCE = re.compile(r"[.!؟?»”\")]\s*\Z")
_MAX_END_CHARACTERS = 20
_HIDDEN = "protected]"
_NOTICE = r"\[email[ \xa0]protected\]"
_SCRIPT = re.compile(rf"({_NOTICE})[ \xa0]?/\*[^*\n]{{0,80}}\*/")
_LAST_NOTICE = re.compile(
    rf"[ \xa0]?(?:mailto:)?(?:\([ \xa0]?{_NOTICE}[ \xa0]?\)|{_NOTICE})"
    r"(?=[ \xa0]{0,9}\.?[ \xa0]{0,9}(?:\n|\Z))"
)
"""Nothing needs it there; within a sentence it says that an address stood in its place."""


def without_remnants(document: Document) -> Document:
    """Return `document` without them; captions and notices that are cut join its surroundings."""
    text, cut = document.text, list[str]()
    if _MARK in text:
        match = _CAPTIONS.search(text, max(0, len(text) - _MAX_CAPTIONS_CHARACTERS))
        if match and _ENDS_SENTENCE.search(
            text[max(0, match.start() - _MAX_END_CHARACTERS) : match.start()]
        ):
            cut.append(match[0])
            text = text[: match.start()]
        text = _MARKS.sub("\n", text)
    if _HIDDEN in text:
        text = _SCRIPT.sub(r"\1", text)
        cut += (match[0].strip() for match in _LAST_NOTICE.finditer(text))
        text = _LAST_NOTICE.sub("", text)
    if not cut and text == document.text:
        return document
    surroundings = "\n".join(filter(None, (document.surroundings, *cut)))
    return replace(document, text=text, surroundings=surroundings)
