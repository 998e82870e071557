"""Bytes of any encoding to the text that their author wrote.

It takes bytes and the charset that somebody declares, and returns text or raises
`UndecodableError`. It must not know of files or formats.
"""

from mujaz.read.decoding.decode import UndecodableError, declared_charset, decode

__all__ = ["UndecodableError", "declared_charset", "decode"]
