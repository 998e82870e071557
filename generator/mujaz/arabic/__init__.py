"""Arabic text: strings in, strings out, no I/O."""
