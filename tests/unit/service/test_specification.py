"""Whatever a program sends that the specification allows or forbids, the API keeps to the specification."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.assistant import Assistant
from tests.service import api_alone

EXAMPLES = 25
OPERATIONS = 7


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_keeps_to_its_specification(small: Assistant, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", api_alone(small))
    found = list(schema.get_all_operations())
    operations = [one.ok() for one in found if isinstance(one, Ok)]
    assert len(operations) == OPERATIONS
    if mode is GenerationMode.NEGATIVE:  # nothing can be sent wrongly where nothing is sent
        operations = [operation for operation in operations if not operation.path.endswith("/status")]
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def keeps_to_it(case: Case[Any]) -> None:
            # A reading's id and words are of this collection: what is well formed may still not be there.
            response = case.call()
            assert response.status_code < 500
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

        keeps_to_it()
