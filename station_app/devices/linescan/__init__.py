"""Line scan: blocks of lines with one global numbering, flat field, ring and tiles, parts. No threads of its own."""
