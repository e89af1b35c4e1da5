"""A past shift judged again from its stored images: with the same package, or with another recipe or model."""
