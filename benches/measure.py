"""Runs a command and prints its name, seconds by the clock and of all cores, and its highest memory in kB.

Usage: measure.py NAME COMMAND...
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time


def used():
    of_all = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of_all.ru_utime + of_all.ru_stime


name, *command = sys.argv[1:]
with tempfile.NamedTemporaryFile("r") as memory, open(os.devnull, "w") as nowhere:
    # Of a command that Python starts the system says at least the memory of Python: 10 MB.
    small = shutil.which("time")
    prefix = [small, "-f", "%M", "-o", memory.name] if small else []
    # What chose between the system's Pythons was a child of this process too.
    before = used()
    started = time.perf_counter()
    subprocess.run(prefix + command, check=True, stdout=nowhere)
    elapsed = time.perf_counter() - started
    highest = memory.read().strip() or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"{name}|{elapsed:.4f}|{used() - before:.4f}|{highest}")
