"""How the records leave the station, in words and as a page."""
