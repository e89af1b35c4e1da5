"""What passes between a dry run's two processes, and the memory limit of the child. Imports as little as it can."""

import json
import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from station_app.inference.package import Golden

if sys.platform == "linux":
    import resource


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything that the child needs. `memory_bytes` is 0 where its memory cannot be limited."""

    provider: str
    memory_bytes: int
    manifest: bytes
    model: bytes
    golden: tuple[Golden, ...]

    def send(self, pipe: Connection) -> None:
        """As plain bytes: nothing that comes out of a package is ever pickled."""
        head = {
            "provider": self.provider,
            "memory_bytes": self.memory_bytes,
            "tolerances": [golden.tolerance for golden in self.golden],
        }
        pipe.send_bytes(json.dumps(head).encode())
        pipe.send_bytes(self.manifest)
        pipe.send_bytes(self.model)
        for golden in self.golden:
            pipe.send_bytes(golden.image)
            pipe.send_bytes(golden.expected)

    @classmethod
    def receive(cls, pipe: Connection) -> "Assignment":
        """The counterpart of `send`."""
        head = json.loads(pipe.recv_bytes())
        manifest, model = pipe.recv_bytes(), pipe.recv_bytes()
        golden = tuple(Golden(pipe.recv_bytes(), pipe.recv_bytes(), t) for t in head["tolerances"])
        return cls(head["provider"], head["memory_bytes"], manifest, model, golden)


def limit_memory(budget_bytes: int) -> None:
    """Let this process take `budget_bytes` of address space beyond what it has now; only Linux keeps it to that."""
    if budget_bytes and sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _address_space_bytes() + budget_bytes
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _address_space_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
