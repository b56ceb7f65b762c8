"""Content that is read when it is first asked for: a verb that looks at one table waits for no catalog of tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Later(Mapping[str, T]):
    """A mapping whose entries `make` returns when any of them is asked for. Raises then what `make` raises.

    With `one` a single entry is made alone, as long as nobody has asked for all; it raises `KeyError` for an unknown
    key.
    """

    def __init__(self, make: Callable[[], Mapping[str, T]], one: Callable[[str], T] | None = None) -> None:
        self._make, self._one = make, one
        self._single: dict[str, T] = {}

    @cached_property
    def _entries(self) -> Mapping[str, T]:
        # What was handed out before stays the same object.
        return {key: self._single.get(key, entry) for key, entry in self._make().items()}

    def __getitem__(self, key: str) -> T:
        if self._one is None or "_entries" in self.__dict__:
            return self._entries[key]
        if key not in self._single:
            self._single[key] = self._one(key)
        return self._single[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __reversed__(self) -> Iterator[str]:
        return reversed(list(self._entries))


class LaterList(Sequence[T], Generic[T]):
    """The same for a list."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make

    @cached_property
    def _entries(self) -> Sequence[T]:
        return self._make()

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._entries[at]

    def __len__(self) -> int:
        return len(self._entries)
