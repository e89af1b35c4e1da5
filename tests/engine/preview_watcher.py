"""Another program that looks at a preview: reads as fast as it can and tells on stdout what was wrong with it.

python -m tests.engine.preview_watcher PATH LAST_PART

Every frame of the writer is of one grey level, part id modulo 256, and its heat map is of the same.
"""

import os
import sys

from station_app.engine.preview import PreviewReader


def main(path: str, last_part: int) -> None:
    reader = PreviewReader(path)
    os.write(1, b"ready\n")
    seen, torn, newest = 0, 0, 0
    while newest < last_part:
        preview = reader.newest()
        if preview is None or preview.part_id == newest:
            continue
        seen += 1
        grey = preview.part_id % 256
        is_whole = bool((preview.pixels == grey).all() and (preview.heat_maps[0].scores == grey).all())
        is_whole = is_whole and preview.camera_id == f"camera {preview.part_id}" and preview.part_id > newest
        torn += not is_whole
        newest = preview.part_id
    reader.close()
    os.write(1, f"seen {seen} torn {torn}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
