"""Answers that a language model writes, each sentence checked. Whatever fails, the extractive one stands."""
