"""Each age of the platform's database, as our database layer opens it."""

import pytest

from artitec_media_desktop.database import schema
from tests.services.mariadb import AGES


@pytest.fixture(params=AGES)
def platform(request, platform_of):
    """Each age in turn."""
    return platform_of(request.param)


@pytest.fixture
def library(platform):
    """An age of the platform, with our companions and its ``media`` as it was."""
    database = platform.open()
    with database.read() as tx:
        schema._upgrade(tx, "library")
    yield database
    database.close()


@pytest.fixture
def newest_platform(platform_of):
    """The newest age."""
    return platform_of("newest")


@pytest.fixture
def newest(newest_platform):
    """The newest age, migrated."""
    database = newest_platform.open()
    schema.bring_up_to_date(database, "library")
    yield database
    database.close()


@pytest.fixture
def other_client(newest, newest_platform):
    """Connections of another client to the same."""
    database = newest_platform.open()
    yield database
    database.close()
