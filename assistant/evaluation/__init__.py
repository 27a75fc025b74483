"""Measure the shipped product on test collections."""

from assistant.evaluation.bars import Bars
from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.product import Product
from assistant.evaluation.report import Result, table

__all__ = ["Bars", "Product", "Result", "evaluate", "table"]
