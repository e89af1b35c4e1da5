"""History: every recorded part, and what the records say together, under one filter."""
