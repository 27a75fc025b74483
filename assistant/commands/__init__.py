"""What each command of `python -m assistant` does; `assistant.cli` reads the command line."""

__all__: list[str] = []
