"""The sample entities of a new embedded library: something to drop the first photo on."""

from typing import Any, Final

from sqlalchemy import insert

from .engine import Tx
from .tables import (
    AMENITIES,
    BUILDERS,
    COMMUNITIES,
    COMMUNITY_ADMIN_LINKS,
    POSTS,
    PROPERTIES,
    SALES_REPS,
    USERS,
)

_ARIZONA: Final = {"state": "AZ"}


def _user(number: int, public_id: str, first: str, last: str, role: str) -> dict[str, Any]:
    return {
        "id": number,
        "user_id": public_id,
        "email": f"{first}.{last}@artitec.example".lower(),
        "first_name": first,
        "last_name": last,
        "role": role,
        "status": "active",
    }


def _home(number: int, address: str, city: str, builder: int, community: int) -> dict[str, Any]:
    return {
        "id": number,
        "owner_id": None,
        "title": address,
        "address1": address,
        "city": city,
        "builder_id": builder,
        "community_id": community,
    } | _ARIZONA


def add(tx: Tx) -> None:
    """Fill the entity tables of an empty library."""
    tx.execute(
        insert(USERS),
        [
            _user(1, "USR-100", "Local", "Admin", "admin"),
            _user(2, "USR-123", "Dana", "Reyes", "community_admin"),
            _user(3, "USR-124", "Priya", "Shah", "builder"),
            _user(4, "USR-125", "Marcus", "Lee", "salesrep"),
        ],
    )
    tx.execute(
        insert(COMMUNITIES),
        [
            {"id": 1, "community_id": "CMY-456", "user_id": "USR-123", "name": "Willow Creek",
             "city": "Scottsdale"} | _ARIZONA,
            {"id": 2, "community_id": "CMY-457", "user_id": None, "name": "Cedar Bend",
             "city": "Gilbert"} | _ARIZONA,
        ],
    )  # fmt: skip
    tx.execute(insert(COMMUNITY_ADMIN_LINKS), [{"community_id": 1, "user_id": 2}])
    tx.execute(
        insert(AMENITIES),
        [
            {"id": number, "community_id": "CMY-456", "name": name}
            for number, name in enumerate(
                ("Community pool", "Clubhouse and gym", "Trailhead park"), 1
            )
        ],
    )
    tx.execute(
        insert(BUILDERS),
        [
            {"id": 1, "builder_id": "BLD-012", "user_id": "USR-124", "name": "Copperline Homes",
             "city": "Mesa"} | _ARIZONA,
            {"id": 2, "builder_id": "BLD-013", "user_id": None, "name": "Ocotillo Builders",
             "city": "Tempe"} | _ARIZONA,
            {"id": 3, "builder_id": "BLD-014", "user_id": None, "name": "Saguaro Ridge Homes",
             "city": "Phoenix"} | _ARIZONA,
        ],
    )  # fmt: skip
    tx.execute(
        insert(PROPERTIES),
        [
            _home(786, "8106 E Juniper Ct", "Scottsdale", 1, 1),
            _home(787, "8130 E Juniper Ct", "Scottsdale", 1, 1),
            _home(788, "8220 E Juniper Ct", "Scottsdale", 1, 1),
            _home(789, "8214 E Juniper Ct", "Scottsdale", 1, 1),
            _home(1042, "Lot 14, Cedar Bend", "Gilbert", 2, 2),
            _home(1043, "Lot 15, Cedar Bend", "Gilbert", 2, 2),
        ],
    )
    tx.execute(
        insert(SALES_REPS),
        [
            {"id": number, "sales_rep_id": f"SLS-{200 + number}", "user_id": user,
             "builder_id": 1, "community_id": 1, "first_name": first, "last_name": last,
             "title": "Sales consultant"}
            for number, user, first, last in (
                (1, "USR-125", "Marcus", "Lee"),
                (2, None, "Elena", "Ortiz"),
                (3, None, "Tom", "Whitfield"),
            )
        ],
    )  # fmt: skip
    tx.execute(
        insert(POSTS),
        [
            {"id": number, "user_id": user, "title": title}
            for number, user, title in (
                (1, "USR-123", "The pool opens on Saturday"),
                (2, "USR-124", "Framing is up on lot 14"),
                (3, "USR-125", "Open house this weekend"),
            )
        ],
    )
