"""The rules of the location tree: what may stand under what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wms_tui.domain.errors import Refused
from wms_tui.domain.file_errors import ParentLoop, ParentMissing, WrongParent
from wms_tui.domain.locations import KIND_NAMES, PARENTS, LocationKind


@dataclass(frozen=True, slots=True)
class Node:
    """A location as it will be; ``parent`` is a code."""

    code: str
    name: str
    kind: LocationKind
    parent: str | None


Plan = Mapping[str, Node]
"""All locations by code as they will be."""


def refusal(plan: Plan, node: Node) -> Refused | None:
    """What keeps a location from standing where it would, if anything does."""
    if node.parent is None:
        return None
    parent = plan.get(node.parent)
    if parent is None:
        return ParentMissing(parent=node.parent)
    if parent.kind not in PARENTS.get(node.kind, frozenset()):
        kinds = {"kind": KIND_NAMES[node.kind], "parent_kind": KIND_NAMES[parent.kind]}
        return WrongParent(code=node.code, parent=parent.code, **kinds)
    return ParentLoop(code=node.code) if _is_under_itself(plan, node) else None


def _is_under_itself(plan: Plan, node: Node) -> bool:
    seen: set[str] = set()
    above = node.parent
    while above is not None and above in plan and above not in seen:
        seen.add(above)
        above = plan[above].parent
    return node.code in seen
