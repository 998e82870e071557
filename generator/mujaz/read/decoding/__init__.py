"""Bytes of any encoding to the text that their author wrote.

It takes bytes and the charset that somebody declares, and returns text or raises
`UndecodableError`. It must not know of files or formats.
"""

from mujaz.read.decoding.decode import as_utf8, declared_charset, decode
from mujaz.read.decoding.one_byte import UndecodableError

__all__ = ["UndecodableError", "as_utf8", "declared_charset", "decode"]
