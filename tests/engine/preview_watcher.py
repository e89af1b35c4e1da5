"""Another program that looks at a preview: reads as fast as it can and tells on stdout what was wrong with it.

python -m tests.engine.preview_watcher PATH LAST_PART

Every frame of the writer is of one grey level, part id modulo 256, and so are the heat maps; its camera's name tells
the part as well.
"""

import os
import sys

from station_app.engine.preview import Preview, PreviewReader


def main(path: str, last_part: int) -> None:
    reader = PreviewReader(path)
    os.write(1, b"ready\n")
    seen, torn, newest = 0, 0, 0
    while newest < last_part:
        preview = reader.newest()
        if preview is None or preview.part_id == newest:
            continue
        seen += 1
        torn += not (is_whole(preview) and preview.part_id > newest)
        newest = preview.part_id
    reader.close()
    os.write(1, f"seen {seen} torn {torn}\n".encode())


def is_whole(preview: Preview) -> bool:
    """Whether every frame is that of the part, all of it."""
    grey = preview.part_id % 256
    names = [f"camera {preview.part_id}.{number}" for number in range(len(preview.frames))]
    return [frame.camera_id for frame in preview.frames] == names and all(
        bool((frame.pixels == grey).all() and (frame.heat_maps[0].scores == grey).all()) for frame in preview.frames
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
