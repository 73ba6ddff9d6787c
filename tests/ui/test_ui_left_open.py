"""What a base of the window leaves open is filled in by each class that is made of it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import sif_desktop.ui


def classes_below(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from classes_below(one)


def left_open() -> Iterator[tuple[type, str]]:
    """Each class of the window with the name of something that it raises for alone."""
    for found in pkgutil.walk_packages(sif_desktop.ui.__path__, "sif_desktop.ui."):
        module = importlib.import_module(found.name)
        for node in ast.parse(inspect.getsource(module)).body:
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.FunctionDef) and raises(part.body[-1]):
                    yield getattr(module, node.name), part.name


def raises(statement: ast.stmt) -> bool:
    raised = statement.exc if isinstance(statement, ast.Raise) else None
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


OPEN = list(left_open())


@pytest.mark.parametrize(("base", "name"), OPEN, ids=[f"{b.__name__}.{n}" for b, n in OPEN])
def test_each_class_fills_in_what_its_base_leaves_open(base: type, name: str) -> None:
    made = [one for one in classes_below(base) if one.__module__.startswith("sif_desktop.")]
    assert made
    for one in made:
        assert getattr(one, name) is not getattr(base, name), one
