"""Two replicas of the app behind nginx, on this machine: `make replicas`. Ctrl+C stops all of them."""
from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PORTS = {"balancer": 8510, "replica 1": 8511, "replica 2": 8512}       # as they stand in explorer.conf
PATIENCE = 30                                                           # for a start [s]


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


class Replica:
    """One process of the app.

    Parameters
    ----------
    port : int
        Where it listens, on this machine only.
    root : Path
        The project's folder.
    before : sequence of str
        What its command begins with: the interpreter, or a wrapper around it.
    **place : str
        Environment variables of its own.
    """

    def __init__(self, port: int, root: Path = ROOT, before: tuple[str, ...] = (sys.executable,), **place: str) -> None:
        self.port, self.root, self.before, self.place = port, root, before, place
        self.base = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen | None = None
        self.output = tempfile.TemporaryFile()               # noqa: SIM115 - open as long as the replica

    def start(self) -> Replica:
        """Start it; `until_ready` waits."""
        command = [*self.before, "-m", "uvicorn", "asgi_app:app", "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.root, env=os.environ | self.place, stdout=self.output,
                                        stderr=subprocess.STDOUT)
        return self

    def until_ready(self) -> Replica:
        """Wait until sessions may begin; RuntimeError with what it said when it ends instead."""
        until = time.monotonic() + PATIENCE
        while not answers(f"{self.base}/ready"):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the replica did not start: {self.said()}")
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it in an orderly way, or after some seconds by force."""
        end(self.process)

    def said(self) -> str:
        """All it has written."""
        self.output.seek(0)
        return self.output.read().decode("utf-8", errors="replace")


def end(*processes: subprocess.Popen | None) -> None:
    """End processes in order, all at once; by force those that still run after some seconds."""
    running = [one for one in processes if one and one.poll() is None]
    for one in running:
        one.terminate()
    for one in running:
        try:
            one.wait(5)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def answers(address: str) -> bool:
    """Whether an address answers with success."""
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


class Replicas:
    """Two replicas and nginx; a context manager that stops what it started."""

    def __init__(self, balancer: int, *ports: int) -> None:
        self.base = f"http://127.0.0.1:{balancer}"
        self.ports = (balancer, *ports)
        self.replicas = [Replica(port) for port in ports]
        self.scratch = tempfile.TemporaryDirectory()
        self.nginx: subprocess.Popen | None = None

    def __enter__(self) -> Replicas:
        try:
            for replica in self.replicas:
                replica.start()
            for replica in self.replicas:
                replica.until_ready()
            folder = configured(Path(self.scratch.name), *self.ports)
            with (folder / "nginx.log").open("w") as log:
                self.nginx = subprocess.Popen(nginx(folder, "-g", "daemon off;"), stderr=log)
            while not answers(f"{self.base}/ready"):
                if self.nginx.poll() is not None:
                    raise RuntimeError(f"nginx did not start: {(folder / 'nginx.log').read_text(encoding='utf-8')}")
                time.sleep(0.05)
        except BaseException:
            self.__exit__()
            raise
        return self

    def in_use(self) -> Replica:
        """The replica that holds more sessions: it has more sockets open."""
        def sockets(replica: Replica) -> int:
            folder = Path(f"/proc/{replica.process.pid}/fd")
            return sum(os.readlink(one).startswith("socket:") for one in folder.iterdir())
        return max(self.replicas, key=sockets)

    def __exit__(self, *_: object) -> None:
        end(self.nginx, *(replica.process for replica in self.replicas))
        self.scratch.cleanup()


def has_nginx() -> str | None:
    """Where nginx is, also where its folder is not searched."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def nginx(folder: Path, *options: str) -> list[str]:
    """The command that runs nginx from a folder."""
    program = has_nginx()
    if not program:
        raise RuntimeError("nginx is missing; on Debian: apt-get install nginx-light")
    return [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf"), *options]


def configured(folder: Path, *ports: int) -> Path:
    """Put nginx' two files into a folder, with other ports where some are given."""
    shutil.copy(HERE / "nginx.conf", folder)
    text = (HERE / "explorer.conf").read_text(encoding="utf-8")
    for before, port in zip(PORTS.values(), ports, strict=True):
        text = text.replace(f"127.0.0.1:{before}", f"127.0.0.1:{port}")
    (folder / "explorer.conf").write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Run until Ctrl+C; a replica that ends is started again."""
    with Replicas(*PORTS.values()) as running:
        print(f"{running.base}: nginx before two replicas; Ctrl+C stops them", flush=True)
        while running.nginx.poll() is None:
            for replica in running.replicas:
                if replica.process.poll() is not None:
                    print(f"replica at port {replica.port} ended ({replica.process.returncode}): started again")
                    replica.start()
            time.sleep(1)


if __name__ == "__main__":
    for sign in (signal.SIGINT, signal.SIGTERM):             # either ends it in order, wherever it was started from
        signal.signal(sign, signal.default_int_handler)
    try:
        main()
    except KeyboardInterrupt:
        pass
    except RuntimeError as error:
        sys.exit(str(error))
