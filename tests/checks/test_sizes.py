"""Do the limits count what a reader counts?"""

import ast

import pytest

from checks.sizes import body_lines, depth, is_command, positional

ELIF = "if a:\n    x\nelif b:\n    y\nelse:\n    z"
NESTED = "for a in b:\n    if c:\n        while d:\n            x"
WITH = "with a:\n    with b:\n        if c:\n            x"
TRY = "try:\n    x\nexcept E:\n    if a:\n        y"


@pytest.mark.parametrize(
    ("code", "levels"),
    [("x = 1", 0), ("if a:\n    x", 1), (ELIF, 1), (NESTED, 3), (WITH, 1), (TRY, 2)],
)
def test_levels_are_decisions_inside_decisions(code, levels):
    assert depth(ast.parse(code).body) == levels


def function(code: str) -> ast.FunctionDef:
    made = ast.parse(code).body[0]
    assert isinstance(made, ast.FunctionDef)
    return made


def test_the_docstring_is_not_part_of_the_body():
    assert (
        body_lines(function('def f():\n    """Say."""\n    a = 1\n    return a')) == 2
    )


def test_self_and_what_is_named_are_not_positional():
    assert positional(function("def f(self, a, b, *, c, d): ...")) == 2


@pytest.mark.parametrize(
    ("decorator", "expected"), [("@main.command()", True), ("@cached(1)", False)]
)
def test_a_command_of_the_terminal_is_known_by_its_decorator(decorator, expected):
    assert is_command(function(f"{decorator}\ndef f(a): ...")) is expected
