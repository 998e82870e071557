"""What entries of feeds and exports have in common: their texts, whether they are published.

It takes what a format's reader has of an entry. It must not know which format that is.
"""
