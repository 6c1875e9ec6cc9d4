"""The order of the tests: files are shared out among the processors, and the longest one begins first."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name != "test_ground_truth.py")
