"""State: what runs leave for the next ones, and how it is kept whole.

Tables, snapshots of folders, fingerprints and the memo; what goes in comes out as it was, or not at
all. It must not know what an article means: whoever keeps something here knows what it is.
"""
