"""What packs files and bodies of HTTP, undone: gzip, chunks, Brotli, zstd.

It takes bytes and returns bytes, never more than it may. It must not know what is in them.
"""
