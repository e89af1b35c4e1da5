"""The shift report: everything about a period on paper."""
