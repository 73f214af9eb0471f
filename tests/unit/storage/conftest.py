import pytest

pytest.register_assert_rewrite("tests.contracts.storage")


@pytest.fixture(scope="session")
def moto_process():
    from tests.services.moto_server import moto

    with moto() as server:
        yield server


@pytest.fixture
def moto_server(moto_process):
    """moto, with nothing refused yet and no request seen."""
    moto_process.requests.clear()
    moto_process.refusals.clear()
    moto_process.ahead = 0
    return moto_process
