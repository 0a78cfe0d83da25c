"""Notes every line of one program that runs, in all its threads and processes.

Python imports it first in every process with its folder on PYTHONPATH.
"""

import os
import sys
import threading
from types import FrameType
from typing import Any

PROGRAM = os.environ["COUNTERPART_PROGRAM"]
NOTES = os.open(
    os.environ["COUNTERPART_NOTES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT
)
noted: set[int] = set()


def on_line(frame: FrameType, event: str, argument: Any) -> Any:
    line = frame.f_lineno  # None in code that the compiler adds to `except*`
    if line is not None and line not in noted:
        noted.add(line)
        os.write(NOTES, b"%d\n" % line)
    return on_line


def on_call(frame: FrameType, event: str, argument: Any) -> Any:
    return on_line if frame.f_code.co_filename == PROGRAM else None


threading.settrace(on_call)
sys.settrace(on_call)
