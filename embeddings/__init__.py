"""Text to vectors, and finding passages again.

The functions `search` and `index` are in the modules `embeddings.search` and `embeddings.indexing`.
"""

from embeddings.encoder import Encoder, Progress, Vectors, open_encoder
from embeddings.index import Index, open_index
from embeddings.indexing import Summary, sync
from embeddings.query import Query, make_query
from embeddings.reading_rows import Origin
from embeddings.search import Hit
from embeddings.store import Store

__all__ = [
    "Encoder",
    "Hit",
    "Index",
    "Origin",
    "Progress",
    "Query",
    "Store",
    "Summary",
    "Vectors",
    "make_query",
    "open_encoder",
    "open_index",
    "sync",
]
