"""The program ``Desk`` of the one-folder build: it opens the desk, and needs no window of its own."""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # first: a process that we started ourselves does its work here, and goes no further
    from standalone.started import desk

    desk(sys.argv[1:])
