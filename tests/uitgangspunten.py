"""Pytest plugin: `--uitgangspunten` prints, per requirement, its tests and how they ended."""

from collections import defaultdict

import pytest

TESTS = pytest.StashKey[dict[str, set[str]]]()
UITSLAG = pytest.StashKey[dict[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--uitgangspunten",
        action="store_true",
        help="print the acceptance report: requirement, its tests, passed or failed",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TESTS] = defaultdict(set)
    config.stash[UITSLAG] = {}


def pytest_collection_finish(session: pytest.Session) -> None:
    for item in session.items:
        for merk in item.iter_markers("uitgangspunt"):
            for eis in merk.args:
                session.config.stash[TESTS][eis].add(item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> object:
    rapport = yield
    uitslag = item.config.stash[UITSLAG]
    if rapport.when == "call" or rapport.outcome != "passed":
        uitslag[item.nodeid] = rapport.outcome
    return rapport


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    if not config.getoption("uitgangspunten"):
        return
    terminalreporter.section("uitgangspunten")
    for eis, tests in sorted(config.stash[TESTS].items()):
        uitslagen = [config.stash[UITSLAG].get(test, "not run") for test in sorted(tests)]
        oordeel = "passed" if set(uitslagen) == {"passed"} else "FAILED OR NOT RUN"
        terminalreporter.write_line(f"{eis}: {oordeel} ({len(tests)} tests)")
        for test, uitslag in zip(sorted(tests), uitslagen, strict=True):
            terminalreporter.write_line(f"    {uitslag:8} {test}")
