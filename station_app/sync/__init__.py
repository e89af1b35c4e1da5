"""The way out of the station: to an object store, or to a folder that a share or a stick makes of itself."""
