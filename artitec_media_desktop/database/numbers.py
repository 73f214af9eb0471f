"""Numbers of many rows, read as one value: a driver takes seconds for a million rows.

It also would hold Python's lock for most of them.
"""

import struct
from array import array
from typing import Any, Final

from sqlalchemy import LargeBinary, Select, Text, func, literal_column, select

from ..domain import right_of_way
from .engine import Tx

#: Of each number.
_BYTES: Final = 4
#: Python's lock is not held for longer than so many take.
_STEP: Final = 20_000
_ALL: Final = 2**63 - 1


def read(tx: Tx, rows: Select[Any]) -> "array[int]":
    """The numbers that ``rows`` selects, in its order; eight bytes each."""
    return columns(tx, rows)[0]


def columns(tx: Tx, rows: Select[Any]) -> "list[array[int]]":
    """Those of each column that ``rows`` selects; each number below 2³²."""
    # The limit has the database put them in order before they are joined.
    ordered = rows.limit(_ALL).subquery()
    packed = [_packed(tx, each) for each in ordered.c]
    *found, count = tx.execute(select(*packed, func.count()).select_from(ordered)).one()
    data = [bytes.fromhex(each) if isinstance(each, str) else each or b"" for each in found]
    if all(len(each) == _BYTES * count for each in data):
        return [_unpacked(each) for each in data]
    # Cut off by the server's limits.
    numbers = [array("q") for _ in data]
    for row in tx.execute(rows, execution_options={"yield_per": _STEP}):
        for column, number in zip(numbers, row, strict=True):
            column.append(number)
    return numbers


def _unpacked(data: bytes) -> "array[int]":
    numbers = array("q")
    for start in range(0, len(data), _BYTES * _STEP):
        right_of_way.give()
        piece = data[start : start + _BYTES * _STEP]
        numbers.extend(struct.unpack(f">{len(piece) // _BYTES}I", piece))
    return numbers


def _packed(tx: Tx, number: Any) -> Any:
    if tx.dialect.name == "sqlite":
        return func.group_concat(func.printf("%08x", number), "", type_=Text)
    digits = func.lpad(func.hex(number), 2 * _BYTES, "0")
    joined = func.unhex(digits).op("SEPARATOR")(literal_column("''"))
    return func.group_concat(joined, type_=LargeBinary)
