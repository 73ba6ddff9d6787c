"""Three parties in any order: no edit lost without a choice shown, and the order is immaterial."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from teamwork.consortium import Consortium

TestConsortium = Consortium.TestCase
TestConsortium.settings = settings(
    max_examples=200,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
