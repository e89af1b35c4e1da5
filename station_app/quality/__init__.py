"""Statistics, pure: what a count proves, and what it does not. numpy and the standard library only."""
