"""Pages that lead to others: sections, tags, sources, days, and all of these together."""
