"""Prints the lines of a program on which a statement begins that never ran."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType


def with_bytecode(code: CodeType) -> Iterator[int]:
    """The lines that can run at all: a docstring or `global` cannot."""
    for _, _, line in code.co_lines():
        if line is not None:
            yield line
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from with_bytecode(constant)


def main(program: Path, notes: Path) -> None:
    source = program.read_text(encoding="utf-8")
    tree = ast.parse(source)
    begins = {
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)
    }
    can_run = set(with_bytecode(compile(source, str(program), "exec")))
    ran = {int(line) for line in notes.read_text().split()}
    for line in sorted((begins & can_run) - ran):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
