"""What all tests share: repeatable hypothesis, no network, and the real case loaded once."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from pytest_socket import socket_allow_hosts
from xdist.workermanage import WorkerController

from bordermap.assessment import Assessment, assess
from bordermap.cases import Case, load_case
from tests.hardening.counts import PROPERTIES, TRIED

settings.register_profile(
    "bordermap",
    deadline=None,  # shared machines stall now and then, and no test times anything
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "mutants",  # a failure need not be made small to count
    settings.get_profile("bordermap"),
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("bordermap")


def pytest_runtest_setup(item: pytest.Item) -> None:
    TRIED[PROPERTIES] += item.get_closest_marker("hypothesis") is not None
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = dict(TRIED)


@pytest.hookimpl(optionalhook=True)  # known only where the tests are shared out
def pytest_testnodedown(node: WorkerController) -> None:
    TRIED.update(node.workeroutput["tried"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, count in TRIED.items():
        terminalreporter.write_line(f"{count:8,} {what}")


@pytest.fixture(scope="session")
def armenia() -> Case:
    return load_case("armenia-150")


@pytest.fixture(scope="session")
def assessment(armenia: Case) -> Assessment:
    return assess(armenia, draws=2_000)
