"""Long runs by hand, which measure what the tests only prove in small. Each says how to start it."""
