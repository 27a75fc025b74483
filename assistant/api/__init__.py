"""The same assistant for other programs: JSON over HTTP under /api/v1, described by OpenAPI."""

__all__: list[str] = []
