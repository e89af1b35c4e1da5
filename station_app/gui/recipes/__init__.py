"""The recipes' screen: revisions and their states, what they say, what differs, and who brings them into use."""
