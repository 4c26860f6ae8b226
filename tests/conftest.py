"""What many tests need: the guideline, read once."""
from __future__ import annotations

import pytest

from pathways.load import guideline


@pytest.fixture(scope="session")
def g():
    """The project's guideline."""
    return guideline()
