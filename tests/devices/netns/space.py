"""Runs scenarios inside a network namespace in which only loopback exists, and says why where that is impossible."""

import ast
import os
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SIMULATOR = "arv-fake-gv-camera-0.8"
_UNSHARE = ("unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child")
_MOST_S = 500


def missing(*tools: str) -> str:
    """What keeps scenarios from running here; "" where nothing does."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux, for a network namespace"
    for tool in ("unshare", "ip", *tools):
        if shutil.which(tool) is None:
            package = " (Debian's package aravis-tools)" if tool == SIMULATOR else ""
            return f"needs the program {tool}{package}"
    made = subprocess.run((*_UNSHARE, "ip", "link", "set", "lo", "up"), capture_output=True, text=True, check=False)
    return "" if made.returncode == 0 else f"no network namespace can be made here: {made.stderr.strip()}"


def scenarios(path: Path) -> tuple[str, ...]:
    """The tests of a file that pytest does not collect by itself, in order, those that it imports first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    names += [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return tuple(name for name in names if name.startswith("test_"))


def inside(command: Sequence[str]) -> tuple[str, ...]:
    """The command line that runs `command` in a namespace of its own."""
    return (*_UNSHARE, "sh", "-c", f"ip link set lo up && exec {shlex.join(command)}")


def run_inside(path: Path, report: Path) -> tuple[dict[str, str], str]:
    """Run a file's tests in a namespace: what failed in each of them ("" for nothing), and all that was printed."""
    options = ("-q", "-s", "-p", "no:cacheprovider", "--show-capture=no", f"--junit-xml={report}", str(path))
    command = inside((sys.executable, "-m", "pytest", *options))
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=_MOST_S, check=False)
    printed = ended.stdout + ended.stderr
    if not report.is_file():
        return {}, printed
    outcomes: dict[str, str] = {}
    for case in ET.parse(report).iter("testcase"):
        name = case.get("name", "").partition("[")[0]
        told = [
            node.text or node.get("message") or node.tag for node in case if node.tag in ("failure", "error", "skipped")
        ]
        outcomes[name] = "\n".join(filter(None, (outcomes.get(name, ""), *told)))
    return outcomes, printed
