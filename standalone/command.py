"""The program ``evaluator`` of the one-folder build: every command; started with no word at all, it opens the desk."""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # first: a process that we started ourselves does its work here, and goes no further
    from standalone.started import command

    command(sys.argv[1:])
