"""Scenarios for a network of their own: GigE Vision searches by broadcast on every interface that there is."""
