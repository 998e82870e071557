"""What the press calls things: agencies by their many spellings, types of articles."""
