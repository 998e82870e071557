"""Exports of messengers: each message that is long enough is an article, the others are counted."""
