"""Models that came to the station: their stages, how they judge beside the champion, and what people decide."""
