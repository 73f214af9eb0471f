"""A person's name out of two nullable columns."""

from sqlalchemy import ColumnElement, String, Table, func


def full_name(table: Table) -> ColumnElement[str]:
    """Return ``first_name last_name`` without a stray space where one is missing."""
    joined = (
        func.coalesce(table.c.first_name, "")
        .concat(" ")
        .concat(func.coalesce(table.c.last_name, ""))
    )
    return func.trim(joined, type_=String)
