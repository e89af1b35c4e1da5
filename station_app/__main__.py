"""The program `station-app`. Nothing heavy is imported here: a command loads what it needs."""

import multiprocessing
import sys

from station_app.command_line.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
