"""Printed codes, drawn and read."""
