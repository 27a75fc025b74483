"""Connections to one PostgreSQL database: shared by threads, and made again when the server is lost.

A server that restarts, or a standby that takes its place, is waited for; what was going on is done again
from its beginning. (The driver's own pool waits twice as long after each failed attempt, and tells whoever
waits nothing of the reason.)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, local
from typing import Any, Self, TypeVar

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from corpus.errors import DatabaseError, UnreachableDatabase
from embeddings.postgres.faults import explained, is_lost

AT_ONCE = 8
"""Connections of one process; more threads than these take turns."""

RECOVERY = 15.0
"""Seconds that a lost server may take to come back before readers are told: it restarts in about six."""

_PAUSE = 0.2

_DEFAULTS = {
    "application_name": "coop-assistant",
    "connect_timeout": "3",
    "target_session_attrs": "read-write",  # of several hosts, the one that is not a standby
    "tcp_user_timeout": "5000",  # milliseconds: a machine that is gone without a word
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
}

_ALONE = "SET search_path TO coop_assistant, public"

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Read = Callable[..., Rows]
"""Gives every row of a query: `Connections.rows`, or `rows` of one connection."""


class Connections:
    """At most `AT_ONCE` connections to one database. Every error of the driver comes out as a HomeError."""

    def __init__(self, address: str, recovery: float = RECOVERY) -> None:
        """`address` is what libpq reads: `postgresql://user@host,other-host/name`, or "host=… dbname=…"."""
        try:
            given = conninfo_to_dict(address)
        except psycopg.ProgrammingError as error:
            raise DatabaseError(
                "ASSISTANT_STORE is no address of a database. Write postgresql://user@host:5432/name."
            ) from error
        self.name = _shown(given)
        self._address = make_conninfo("", **{**_DEFAULTS, **given})
        self._recovery = recovery
        self._idle: list[Connection] = []
        self._room = BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._lost_since: float | None = None
        self._within = local()

    def connect(self) -> None:
        """Make the first connection. Raises UnreachableDatabase at once where that can't be done."""
        try:
            self._idle.append(self._connected())
        except psycopg.Error as error:
            raise explained(self.name, error) from error

    def another(self) -> Self:
        """Others to the same database."""
        return type(self)(self._address, self._recovery)

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def rows(self, query: str, *values: object) -> Rows:
        """Every row that the query, which only reads, gives."""
        reading: Connection | None = getattr(self._within, "reading", None)
        if reading is None:
            return self._do(lambda connection: rows(connection, query, *values))
        try:
            return rows(reading, query, *values)
        except psycopg.Error as error:
            raise explained(self.name, error) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that this thread reads within is of one moment; within another one, of that one's.

        Raises UnreachableDatabase where the server is lost meanwhile.
        """
        if getattr(self._within, "reading", None) is not None:
            yield
            return
        connection = self._do(_begin_reading, keep=True)
        self._within.reading = connection
        try:
            yield
        finally:
            self._within.reading = None
            try:
                connection.rollback()
            except psycopg.Error:
                connection.close()
            self._give_back(connection)

    def read(self, work: Callable[[], T]) -> T:
        """Do the work, which only reads, as of one moment.

        Where the server is lost all of it is done again, unless the moment is that of a longer `reading`.
        """
        if getattr(self._within, "reading", None) is not None:
            return work()
        begun = time.monotonic()
        while True:
            try:
                with self.reading():
                    return work()
            except UnreachableDatabase:
                if time.monotonic() - begun > self._recovery:
                    raise
                time.sleep(_PAUSE)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction: it is on disk when this returns.

        Where the server is lost, all of it is done again, also when nobody knows whether it was done: it
        has to come to the same when it is done twice.
        """

        def transaction(connection: Connection) -> T:
            with connection.transaction():
                return work(connection)

        return self._do(transaction)

    def _do(self, work: Callable[[Connection], T], *, keep: bool = False) -> T:
        """What the work gives; `keep` leaves the connection that it was done on with the caller."""
        begun = time.monotonic()
        while True:
            try:
                connection = self._taken()
                try:
                    done = work(connection)
                except BaseException as error:
                    if is_lost(connection, error):
                        connection.close()
                    self._give_back(connection)
                    raise
            except psycopg.Error as error:
                self._wait_or_raise(error, begun)
            else:
                self._lost_since = None
                if not keep:
                    self._give_back(connection)
                return done

    def _wait_or_raise(self, error: psycopg.Error, begun: float) -> None:
        fault = explained(self.name, error)
        if not isinstance(fault, UnreachableDatabase):
            raise fault from error
        self._lost_since = since = self._lost_since or begun
        if time.monotonic() - since > self._recovery:
            raise fault from error
        time.sleep(_PAUSE)

    def _taken(self) -> Connection:
        self._room.acquire()
        try:
            with self._lock:
                if self._idle:
                    return self._idle.pop()
            return self._connected()
        except BaseException:
            self._room.release()
            raise

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if not connection.closed:
                self._idle.append(connection)
        self._room.release()

    def _connected(self) -> Connection:
        connection = psycopg.connect(self._address, autocommit=True)
        connection.execute(_ALONE)
        return connection


def rows(connection: Connection, query: str, *values: object) -> Rows:
    """Every row that the query gives."""
    return connection.execute(query.encode(), values or None, binary=True).fetchall()


def _begin_reading(connection: Connection) -> Connection:
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return connection


def _shown(given: dict[str, Any]) -> str:
    """The database for messages: without its password."""
    hosts = str(given.get("host") or given.get("hostaddr") or "localhost")
    port = f":{given['port']}" if given.get("port") else ""
    return f"{hosts}{port}/{given.get('dbname', '')}"
