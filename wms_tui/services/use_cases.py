"""What a use case is: a plain function, with the permission that it needs and how it may be carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission

Request = TypeVar("Request")
Receipt = TypeVar("Receipt")


class UseCase(Generic[Request, Receipt]):
    """A function ``(tx, actor, request) -> receipt`` with the permission that it needs.

    Called as it is, it composes with others inside one transaction; ``Backend.run`` brings it through the door.
    """

    def __init__(
        self,
        function: Callable[[Tx, Actor, Request], Receipt],
        permission: Permission | Callable[[Request], Permission],
        writes: bool,
        repeatable: bool = False,
        together: bool = False,
    ) -> None:
        self.function = function
        self.permission = permission
        self.writes = writes
        self.repeatable = repeatable or not writes
        self.together = together
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    def __call__(self, tx: Tx, actor: Actor, request: Request) -> Receipt:
        return self.function(tx, actor, request)

    def needs(self, request: Request) -> Permission:
        """The permission for this request."""
        return self.permission if isinstance(self.permission, Permission) else self.permission(request)


def use_case(
    permission: Permission | Callable[[Request], Permission],
    writes: bool = True,
    repeatable: bool = False,
    together: bool = False,
) -> Callable[[Callable[[Tx, Actor, Request], Receipt]], UseCase[Request, Receipt]]:
    """Declare a use case; ``permission`` may depend on the request, ``writes=False`` takes no write lock.

    ``repeatable``: the same request again does nothing twice, so that a lost answer can be asked for again.
    ``together``: it posts a document or a draft, and a server is given those of several callers in one statement; an
    embedded database takes them in one transaction.
    """
    return lambda function: UseCase(function, permission, writes, repeatable, together)


class Overtaken(Exception):
    """Another transaction has just done what this one was about to do: begin again and find it done."""
