"""Does this passage back this sentence? Numbers, denials, names, roles and words, without a model."""

from assistant.support.check import broken_rule, check
from assistant.support.quoted import is_verbatim

__all__ = ["broken_rule", "check", "is_verbatim"]
