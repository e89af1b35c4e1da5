"""Rendered parts: machined metal housings with known truth, for demonstration, tests and the shipped model.

Pure functions of a specification and a frame number; no camera, no threads.
"""
