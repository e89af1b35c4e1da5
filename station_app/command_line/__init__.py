"""What can be typed at a terminal: one file a command, each a thin layer over the rooms below."""
