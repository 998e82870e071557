"""How fast sites are rendered, by Mujaz and by others, side by side."""
