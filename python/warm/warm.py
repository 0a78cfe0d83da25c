"""Runs programs in forks of one process that has their imports already.

Most of the time of a short program goes into importing FastAPI, SQLAlchemy and
httpx. A fork has them, and a namespace as empty as that of a new interpreter.

Started as `python -c 'exec(*__import__("warm").serve())' MODULE...`. Each line
of standard input is a request: a JSON object with a number, the program, its
environment, its folder, a folder for what it prints, and a limit in seconds.
Each line of standard output is an answer: the number, and the status of the
program as `waitpid` gives it, or null if it took longer.
"""

import atexit
import builtins
import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

LARGEST_FILE = 1 << 26
"""Bytes: a program that prints for ever ends there."""

KEPT = {"builtins", "sys"}
"""What an interpreter cannot end without."""

Program = tuple[CodeType, dict[str, Any]]
"""What `exec` runs: the code, and the namespace of `__main__`."""


def serve() -> Program:
    """Returns in each fork, with the program that it is to be."""
    imported: list[Any] = []
    # Registered first, it is called last.
    atexit.register(leave, imported)
    for module in sys.argv[1:]:
        # A module of the program's own is not here.
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(module)
    imported.extend(sys.modules.items())
    # What is imported stays: no fork looks through it for garbage. It also
    # stays when it is hidden, since the list that holds it holds itself.
    imported.append(imported)
    gc.freeze()
    # Whoever has answered is gone without a trace.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            return run(json.loads(line))
    sys.exit()


def leave(imported: list[Any]) -> None:
    """Hides from an interpreter that ends what was there before the program.

    Taking FastAPI and SQLAlchemy apart takes longer than most programs.
    """
    # What the program has left still finds its modules.
    gc.collect()
    for name, module in imported[:-1]:
        if name not in KEPT and sys.modules.get(name) is module:
            del sys.modules[name]


def run(request: dict[str, Any]) -> Program:
    """Forks the program, and answers when it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    program = os.fork()
    if program == 0:
        return become(request)
    ended = signal.sigtimedwait({signal.SIGCHLD}, request["limit"])
    # Also after a normal end: nothing that it started is left behind.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program, signal.SIGKILL)
    _, status = os.waitpid(program, 0)
    answer = [request["number"], status if ended else None]
    os.write(1, f"{json.dumps(answer)}\n".encode())
    os._exit(0)


def become(request: dict[str, Any]) -> Program:
    """Makes this process look as if it had been started with the program."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in enumerate(["stdout", "stderr"], start=1):
        path = os.path.join(request["prints"], name)
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    path = request["program"]
    sys.argv = [path]
    # In the place of the current folder and this one.
    added = os.environ.get("PYTHONPATH")
    folders = added.split(os.pathsep) if added else []
    sys.path[:2] = [os.path.dirname(path), *folders]
    for name in ("warm", "sitecustomize"):
        sys.modules.pop(name, None)
    with contextlib.suppress(ModuleNotFoundError):
        importlib.import_module("sitecustomize")
    with open(path, encoding="utf-8") as source:
        return compile(source.read(), path, "exec"), new_main(path)


def new_main(path: str) -> dict[str, Any]:
    """Replaces `__main__`: the old one would never be taken apart."""
    old, new = sys.modules["__main__"], ModuleType("__main__")
    new.__dict__.update(
        __annotations__={},
        __builtins__=builtins,
        __cached__=None,
        __file__=path,
        __loader__=SourceFileLoader("__main__", path),
    )
    # multiprocessing has it under another name as well.
    names = [name for name, module in sys.modules.items() if module is old]
    sys.modules.update(dict.fromkeys(names, new))
    return new.__dict__
