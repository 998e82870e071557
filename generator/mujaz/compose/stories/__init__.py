"""What several articles say of one event, put side by side: taken from their texts, word for word.

All of it is decided by the articles handed in; no page and no library is known here.
"""
