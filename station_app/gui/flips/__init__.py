"""Parts whose verdict would be another one, as pictures in groups by the change, and one of them large."""
