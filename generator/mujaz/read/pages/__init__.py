"""What a saved web page holds: its headline, its day, its text, and what stands around that."""
