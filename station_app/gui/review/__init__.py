"""The review screen: a quality person looks at recorded parts, answers, and only then sees what the station said."""
