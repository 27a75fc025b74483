"""What a service for strangers needs beside the answers: limits, sign-in, figures, logs, an orderly stop."""

__all__: list[str] = []
