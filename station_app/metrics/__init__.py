"""Figures of the running station for Prometheus: read by whoever may reach the port, never sent anywhere."""
