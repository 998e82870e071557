"""Documents that are packages, zip files of XML: those of word processors, and electronic books.

What is asked of them is their text alone, so they are read with the zip and XML libraries that are
there anyway; `package.py` sees to it that neither a zip nor an entity grows beyond bounds.
"""
