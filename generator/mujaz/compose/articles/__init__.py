"""What an article's page is made of: its text and pictures, and what it leads on to."""
