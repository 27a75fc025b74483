"""Measurements, outside of the suite: each is a program that writes its table into docs/."""

import assistant  # noqa: F401 - before NumPy, whose threads it sets for the product as for what is measured
