"""SQLite and image files: everything recorded, nothing decided. One thread writes; all others read read-only."""
