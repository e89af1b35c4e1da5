"""Tests of the cameras: no device, no network, no waiting."""
