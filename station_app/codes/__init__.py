"""Printed codes in images: read from a region of a frame, and drawn. Pure functions of pixels; no threads."""
