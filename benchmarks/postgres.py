"""A PostgreSQL asked through psql: one that is named, or one of one's own for as long as one needs it.

One's own is Debian's, in a folder that goes with it, and listens on a socket in that folder and nowhere else.
PostgreSQL refuses to run as root; then it runs as `postgres`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SESSION = {
    "client_min_messages": "warning",
    "enable_nestloop": "off",  # steps join on many columns at once, and the planner takes such joins to give one row
    "jit": "off",  # it takes longer to compile the steps than to run them
    "work_mem": "256MB",
}
THROWN_AWAY = {
    "autovacuum": "off",  # every table is analysed as soon as it is made
    "listen_addresses": "",
    "max_wal_size": "8GB",
    "shared_buffers": "512MB",
    # what is loaded here is elsewhere, too: nothing is lost with it
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class Server:
    """A running server and a database in it, by the name that psql has for it, such as `host=db dbname=audit`."""

    def __init__(self, name: str, psql: str = "psql") -> None:
        self.name = name
        self._psql = [psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", name]
        self._env = {**os.environ, "PGOPTIONS": " ".join(_options(SESSION)), "PGCLIENTENCODING": "UTF8"}

    def run(self, sql: str) -> None:
        """Run some statements, or commands of psql. Raises CalledProcessError where one fails."""
        words = [*self._psql, "-f", "-"]
        subprocess.run(words, input=sql.encode(), env=self._env, check=True, stdout=subprocess.DEVNULL)

    def lines(self, query: str) -> Iterator[bytes]:
        """The rows of a query of one text column, each with its end of line."""
        words = [*self._psql, "-v", "FETCH_COUNT=20000", "-c", query]
        with subprocess.Popen(words, env=self._env, stdout=subprocess.PIPE) as asked:
            yield from asked.stdout or ()
        if asked.returncode:
            raise subprocess.CalledProcessError(asked.returncode, words)


def named_server(name: str) -> Server:
    """The server of this name. Raises ValueError where its text has another order than ours."""
    server = Server(name)
    (collation,) = server.lines("select datcollate from pg_database where datname = current_database()")
    if collation.strip() not in {b"C", b"POSIX", b"C.UTF-8"}:
        raise ValueError(
            f"The database sorts by {collation.decode().strip()}; make it with: createdb -T template0 -l C"
        )
    return server


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's own programs, which Debian keeps out of the way."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda path: float(path.parent.name), default=None)


@contextmanager
def private_server() -> Iterator[Server]:
    """Start a server with a new, empty database; it is gone afterwards."""
    home = programs()
    if home is None:
        raise FileNotFoundError("PostgreSQL is not here; install what Debian calls postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        data = str(Path(folder) / "data")
        words = [str(home / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8"]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder)
        words = [str(home / "postgres"), "-D", data, "-k", folder, *_options(THROWN_AWAY)]
        with (Path(folder) / "log").open("wb") as log:
            running = subprocess.Popen(words, stderr=log, user=user, cwd=folder)
        try:
            _wait(home, folder, running)
            yield Server(f"host={folder} user=postgres dbname=postgres", str(home / "psql"))
        finally:
            running.send_signal(signal.SIGQUIT)  # at once: there is nothing to be kept
            running.wait(timeout=60)


def _options(settings: dict[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _wait(home: Path, folder: str, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while subprocess.run([str(home / "pg_isready"), "-q", "-h", folder], check=False).returncode:
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError((Path(folder) / "log").read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.1)
