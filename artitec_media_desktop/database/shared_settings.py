"""What all clients of a library share, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update

from . import shape
from .engine import Tx
from .review_tables import SHARED_SETTINGS

_S: Final = SHARED_SETTINGS.c


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as JSON has it, None where it is broken; who wrote it, and when."""

    value: Any
    account: str
    at: datetime | None


def read(tx: Tx, hold: bool = False) -> dict[str, Setting]:
    """All of them; none of a database without this table.

    With ``hold`` they stay as they are until the transaction ends.
    """
    if shape.of(tx, SHARED_SETTINGS) is None:
        return {}
    wanted = select(SHARED_SETTINGS)
    rows = tx.execute(wanted.with_for_update() if hold else wanted)
    return {row.name: Setting(row.value, row.account, row.updated_at) for row in rows}


def write(tx: Tx, values: Mapping[str, Any], account: str, now: datetime) -> None:
    """Give settings these values, none of which may be None."""
    there = set(tx.execute(select(_S.name).where(_S.name.in_(values))).scalars())
    for name, value in values.items():
        written = {"value": value, "account": account, "updated_at": now}
        if name in there:
            tx.execute(update(SHARED_SETTINGS).where(_S.name == name).values(written))
        else:
            tx.execute(insert(SHARED_SETTINGS).values(name=name, **written))
