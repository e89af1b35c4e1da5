"""Models that come to the station: offers and their signatures, fetching, proving, and what becomes of them."""
