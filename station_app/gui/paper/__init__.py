"""Reports on paper: PDF pages in the station's own typeface, laid out in millimetres."""
