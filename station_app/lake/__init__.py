"""Every inspection of all stations, gathered for analysis: as Parquet on the plant's store, and in PostgreSQL."""
