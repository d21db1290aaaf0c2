"""The repository itself: its workflows, its locked dependencies, its style."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def tool(name: str) -> str:
    """A command that pip installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def text_files():
    for name in TRACKED:
        path = ROOT / name
        if path.is_file() and path.suffix not in (".png", ".woff2", ".ttf"):
            yield name, path.read_text("utf-8")


def test_the_workflows_are_valid():
    for schema, files in {
        "vendor.github-workflows": WORKFLOWS,
        "vendor.dependabot": [ROOT / ".github" / "dependabot.yml"],
    }.items():
        result = run(tool("check-jsonschema"), "--builtin-schema", schema, *map(str, files))
        assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_finds_nothing_in_the_workflows():
    result = run(tool("zizmor"), "--offline", "--no-progress", ".github")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_has_no_permissions_by_default_and_pins_its_actions(file):
    text = file.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert all("timeout-minutes" in job and "permissions" in job for job in workflow["jobs"].values())
    for line in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_only_the_job_that_publishes_may_write():
    for file in WORKFLOWS:
        for name, job in yaml.safe_load(file.read_text("utf-8"))["jobs"].items():
            writes = [scope for scope, right in job["permissions"].items() if right == "write"]
            assert not writes or (file.name, name) == ("deploy.yml", "publish")


def test_every_dependency_is_locked_with_hashes_and_without_an_address():
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9-]+", requirement)[0].lower()
        assert name in locked, f"{name} is not locked: run make lock"
    for entry in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in entry


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    registry = re.compile(r"https?://[^ \"]*/(simple|packages)/|pypi\.org|pythonhosted|registry\.npmjs")
    machine = re.compile(r"(?<![\w./-])/(home|root|work|Users)/")
    for name, text in text_files():
        if name != "tests/test_repository.py":
            assert not registry.search(text), name
            assert not machine.search(text), name


def test_the_code_is_clean_and_formatted():
    for command in (("check",), ("format", "--check")):
        result = run(tool("ruff"), *command, ".")
        assert result.returncode == 0, result.stdout


def test_the_readme_and_ci_name_commands_that_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    texts = [(ROOT / name).read_text("utf-8") for name in ("README.md", ".github/CONTRIBUTING.md", ".ci/run")]
    texts += [file.read_text("utf-8") for file in WORKFLOWS]
    for target in set(re.findall(r"(?:^|`|run: )make (\w+)", "\n".join(texts), re.M)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_pictures_of_the_readme_are_there():
    for picture in re.findall(r"\]\((\.github/[^)]+\.png)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / picture).stat().st_size > 10_000
