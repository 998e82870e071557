"""What the model that splits glued headlines is trained on."""
