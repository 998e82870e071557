"""The gazetteer: what tables and the grammar of names tell of places and organisations in a text.

`Gazetteer` takes a text's words and gives what they name. Must not know of the model of names.
"""
