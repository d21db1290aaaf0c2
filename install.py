"""Installs into .venv/ what the site needs, or with `test` what the tests need too: `python3 install.py [test]`.

Written so that any Python 3 can read it: an old one says what is missing, in place of a page of pip's.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCKS = {"": ["requirements.txt"], "test": ["requirements.txt", "requirements-test.txt"]}


def install(half):
    """Every version and hash is that of the lock; all output goes to stderr, where a check's problems do not stand."""
    python = next((path for path in _pythons() if path.exists()), None)
    if not python:
        _run(sys.executable, "-m", "venv", str(ROOT / ".venv"))
        python = next(path for path in _pythons() if path.exists())
    locks = [option for lock in LOCKS[half] for option in ("-r", str(ROOT / lock))]
    _run(str(python), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", *locks)


def _pythons():
    """Where the Python of .venv/ may be: Windows has its own place for it."""
    return [ROOT / ".venv" / "bin" / "python", ROOT / ".venv" / "Scripts" / "python.exe"]


def _run(*command):
    status = subprocess.run(command, stdout=sys.stderr).returncode
    if status:
        sys.exit(status)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - it is here for those who have an older one
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            "Python 3.11 or newer is needed, and " + sys.executable + " is " + version + "."
            " Name another one: `make serve PYTHON=python3.12`, or `python3.12 install.py`."
        )
    sys.stderr.write("Installing into .venv/ (once, until a requirements file changes)\n")
    install(" ".join(sys.argv[1:]))
