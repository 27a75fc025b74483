"""Pages and files from the web, for the command line only: the page that people open never fetches."""

from corpus.fetching.client import LIMITS, Client, Limits
from corpus.fetching.connection import Network
from corpus.fetching.copies import FOLDER, archived_copy, copy_folder, fetch_copy, forget_copy, read_copy
from corpus.fetching.download import Downloaded, download
from corpus.fetching.links import Link, check_link

__all__ = [
    "FOLDER",
    "LIMITS",
    "Client",
    "Downloaded",
    "Limits",
    "Link",
    "Network",
    "archived_copy",
    "check_link",
    "copy_folder",
    "download",
    "fetch_copy",
    "forget_copy",
    "read_copy",
]
