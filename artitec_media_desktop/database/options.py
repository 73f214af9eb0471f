"""What a connection carries along for the functions that are given it."""

from typing import Final

#: Set for a transaction that writes.
WRITES: Final = "artitec_writes"
#: A dict of what was found out about the tables of this database; see ``shape``.
SEEN: Final = "artitec_seen"
