"""The domain: words and rules of inspection. Standard library and numpy; no I/O, no threads, no clock."""
