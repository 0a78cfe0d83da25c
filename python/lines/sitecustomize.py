"""Notes each statement of a program that runs, in all threads and processes.

Python imports this first in every process with its folder on PYTHONPATH. The
first of them writes what is then run: a copy of the program that says before
each statement that it is to run. A trace function would be told the same, and
of every call in every library.
"""

import ast
import builtins
import os
from pathlib import Path

PROGRAM = Path(os.environ["COUNTERPART_PROGRAM"])
COPY = Path(os.environ["COUNTERPART_COPY"])

STATEMENTS = COPY.with_name("statements")
"""The lines of the program on which a statement begins."""

RAN = COPY.with_name("ran")
"""The lines on which a statement began to run."""

noted: set[int] = set()


def ran(line: int) -> None:
    if line not in noted:
        noted.add(line)
        os.write(notes, b"%d\n" % line)


class Noting(ast.NodeTransformer):
    def __init__(self) -> None:
        self.lines: list[int] = []

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for _, body in ast.iter_fields(node):
            if isinstance(body, list):
                body[:] = [part for old in body for part in self.note(old)]
        return node

    def note(self, node: ast.AST) -> list[ast.AST]:
        match node:
            case ast.ImportFrom(module="__future__"):
                return [node]
            # A docstring, or the ellipsis in place of a body
            case ast.Expr(value=ast.Constant()):
                return [node]
            case ast.stmt():
                self.lines.append(node.lineno)
                return [*ast.parse(f"__ran__({node.lineno})").body, node]
        return [node]


def write_copy() -> None:
    noting = Noting()
    copy = noting.visit(ast.parse(PROGRAM.read_bytes()))
    STATEMENTS.write_text("".join(f"{line}\n" for line in noting.lines))
    COPY.write_text(ast.unparse(copy), encoding="utf-8")


if not COPY.exists():
    write_copy()
notes = os.open(RAN, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
builtins.__dict__["__ran__"] = ran
