"""The repository itself: its workflows, its locked dependencies, its style."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SITE, TEST = PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["test"]


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
            assert not writes or (file.name, name) == ("check.yml", "publish")


def jobs_that_use(action: str) -> list[tuple[dict, str]]:
    """Each job with a step of this action: its workflow, and its name."""
    return [
        (workflow, name)
        for workflow in (yaml.safe_load(file.read_text("utf-8")) for file in WORKFLOWS)
        for name, job in workflow["jobs"].items()
        if any(step.get("uses", "").startswith(f"{action}@") for step in job["steps"])
    ]


def needed_by(workflow: dict, name: str) -> list[str]:
    """Every job that must have passed before this one begins."""
    needs = workflow["jobs"][name].get("needs", [])
    direct = [needs] if isinstance(needs, str) else needs
    return [job for need in direct for job in (need, *needed_by(workflow, need))]


def evaluate(expression: str, **values: Any) -> Any:
    """An expression of a workflow, where names are the values given, with _ for each dot; others are empty."""
    code = re.sub(r"\$\{\{|\}\}", " ", expression).replace("&&", " and ").replace("||", " or ")
    code = re.sub(r"!(?!=)", " not ", code)
    code = re.sub(r"'[^']*'|\b(?:github|vars|needs|steps)(?:\.[\w-]+)+", lambda name: _as_python(name[0]), code)
    return eval(" ".join(code.split()), {}, defaultdict(str, values))


def _as_python(name: str) -> str:
    return name if name.startswith("'") else re.sub(r"\W", "_", name)


def test_what_is_published_was_built_where_the_checks_passed():
    ((workflow, name),) = jobs_that_use("actions/deploy-pages")
    assert "if" not in workflow["jobs"][name], "an own condition may let it run after checks that failed"
    assert {"all-green", "address"} <= set(needed_by(workflow, name))
    ((_, builder),) = jobs_that_use("actions/upload-pages-artifact")
    assert builder in needed_by(workflow, "all-green")
    runs = [step.get("run", step.get("uses", "")).partition("@")[0] for step in workflow["jobs"][builder]["steps"]]
    wanted = ["make check", "make test", "make site", "actions/upload-pages-artifact"]
    assert [run for run in runs if run in wanted] == wanted
    for file in WORKFLOWS:
        assert not re.search(r"^ *(workflow_run|pull_request_target)\b", file.read_text("utf-8"), re.M)


def test_the_published_site_is_crawled_at_its_address_by_a_job_that_may_not_write():
    ((workflow, publisher),) = jobs_that_use("actions/deploy-pages")
    (crawler,) = (
        name for name, job in workflow["jobs"].items() if any(step.get("run") == "make crawl" for step in job["steps"])
    )
    assert publisher in needed_by(workflow, crawler)
    assert workflow["jobs"][crawler]["permissions"] == {"contents": "read"}
    environment = workflow["jobs"][crawler]["steps"][-1]["env"]
    published = {f"needs_{publisher}_outputs_url": "https://a.example/"}
    assert evaluate(environment["ADDRESS"], **published) == "https://a.example/"
    assert evaluate(environment["ADDRESS"], vars_SITE_URL="https://b.example/", **published) == "https://b.example/"
    assert workflow["jobs"][publisher]["outputs"]["url"] == "${{ steps.pages.outputs.page_url }}"
    ((_, builder),) = jobs_that_use("actions/upload-pages-artifact")
    assert {"run": 'echo "$GITHUB_SHA" > site/commit.txt'}.items() <= workflow["jobs"][builder]["steps"][-3].items()
    assert environment["COMMIT"] == "${{ github.sha }}", "else yesterday's site may pass"


def test_a_second_push_to_main_cancels_neither_what_runs_nor_what_waits():
    """A group that both pushes are in lets only one of them wait, unless it is a queue."""
    on_main = {"github_event_name": "push", "github_ref": "refs/heads/main"}
    for workflow in (yaml.safe_load(file.read_text("utf-8")) for file in WORKFLOWS):
        for rule in (
            place["concurrency"] for place in (workflow, *workflow["jobs"].values()) if "concurrency" in place
        ):
            assert not evaluate(str(rule.get("cancel-in-progress", False)), **on_main)
            first, second = (evaluate(rule["group"].partition("-")[2], github_run_id=run, **on_main) for run in "12")
            assert first != second or rule.get("queue") == "max"


@pytest.mark.parametrize(
    ("event", "ref", "fork", "pages", "published"),
    [
        ("push", "refs/heads/main", False, "", True),
        ("workflow_dispatch", "refs/heads/main", False, "", True),
        ("push", "refs/heads/main", True, "", False),
        ("workflow_dispatch", "refs/heads/main", True, "", False),
        ("push", "refs/heads/main", True, "true", True),
        ("workflow_dispatch", "refs/heads/else", False, "", False),
        ("workflow_dispatch", "refs/tags/main", True, "true", False),
        ("pull_request", "refs/pull/1/merge", False, "", False),
        ("pull_request", "refs/pull/1/merge", True, "true", False),
        ("pull_request", "refs/heads/main", False, "true", False),
    ],
)
def test_only_main_is_published_and_from_a_fork_only_when_its_owner_asks(event, ref, fork, pages, published):
    ((workflow, name),) = jobs_that_use("actions/configure-pages")
    condition = workflow["jobs"][name]["if"]
    values = {"github_event_name": event, "github_ref": ref, "github_event_repository_fork": fork, "vars_PAGES": pages}
    assert bool(evaluate(condition, **values)) is published


def test_the_site_is_built_for_the_address_of_pages_or_the_one_that_is_set():
    ((workflow, name),) = jobs_that_use("actions/upload-pages-artifact")
    ((_, asker),) = jobs_that_use("actions/configure-pages")
    assert workflow["jobs"][asker]["outputs"]["url"] == "${{ steps.pages.outputs.base_url }}"
    (step,) = (step for step in workflow["jobs"][name]["steps"] if step.get("run") == "make site")
    told = {f"needs_{asker}_outputs_url": "https://a.example"}
    assert evaluate(step["env"]["SITE_URL"], **told) == "https://a.example"
    assert evaluate(step["env"]["SITE_URL"], vars_SITE_URL="https://b.example", **told) == "https://b.example"
    assert evaluate(step["env"]["SITE_URL"]) == "http://localhost:8000/"


def test_the_tests_have_three_times_the_time_they_may_take():
    ((workflow, name),) = jobs_that_use("actions/upload-pages-artifact")
    assert workflow["jobs"][name]["timeout-minutes"] >= 3 * 12


def names(requirements):
    return {re.match(r"[A-Za-z0-9-]+", requirement)[0].lower() for requirement in requirements}


def locked(lock):
    """Package and marker -> version, of a lock."""
    found = re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", (ROOT / lock).read_text("utf-8"), re.M)
    return {(name, marker): version for name, version, marker in found}


@pytest.mark.parametrize(("lock", "wanted"), [("requirements.txt", SITE), ("requirements-test.txt", TEST)])
def test_every_dependency_is_locked_with_hashes_and_without_an_address(lock, wanted):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    missing = names(wanted) - {name for name, _ in locked(lock)}
    assert missing == set(), "not locked: run make lock"
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(entries) == len(locked(lock))
    for entry in entries:
        assert "--hash=sha256:" in entry


def test_the_two_locks_name_one_version_of_what_both_need():
    """Else the site is built with one and tested with another."""
    site, test = locked("requirements.txt"), locked("requirements-test.txt")
    assert len(site.keys() & test.keys()) > 5
    for name, version in test.items():
        assert site.get(name, version) == version, name


def test_the_site_needs_nothing_that_only_the_tests_install():
    """make serve, site and check take requirements.txt alone, which is a third of all."""
    distributions = packages_distributions()
    installed = {name for name, _ in locked("requirements.txt")}
    for file in (ROOT / "macros").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for module in {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"macros"}:
                owners = {name.lower().replace("_", "-") for name in distributions.get(module, ())}
                assert owners & installed, f"{file.name} imports {module}"


def test_an_old_python_is_told_so_in_one_sentence(tmp_path):
    """By make and without it. The old one is this one, which says that it is old; nothing is installed by it."""
    old = tmp_path / "python"
    old.write_text(
        f"#!{sys.executable}\n"
        "import runpy, sys\n"
        "sys.version_info = (3, 10, 13, 'final', 0)\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n",
        "utf-8",
    )
    old.chmod(0o755)
    for name in ("Makefile", "install.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / name).touch()
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE")
    }  # `make test` runs this
    for command in (["make", "-s", "test", f"PYTHON={old}"], [str(old), "install.py"]):
        result = subprocess.run(command, cwd=tmp_path, env=outside, capture_output=True, text=True)
        said = [line for line in result.stderr.splitlines() if not line.startswith("make: ")]
        assert result.returncode and result.stdout == "" and len(said) == 1
        assert said[0].startswith("Python 3.11 or newer is needed, and ") and "3.10.13" in said[0]
        assert not (tmp_path / ".venv").exists()


def test_every_python_3_can_read_the_installer():
    """What is newer than Python 3.7 in it would be the error that the old one shows."""
    ast.parse((ROOT / "install.py").read_text("utf-8"), feature_version=(3, 7))


def test_every_file_name_can_stand_on_windows(site):
    """In the repository and in the site: no reserved sign or word, no name that differs by its case alone."""
    every = [*TRACKED, *(path.relative_to(site).as_posix() for path in site.rglob("*"))]
    for part in {part for name in every for part in name.split("/")}:
        assert not re.search(r'[<>:"|?*\\]|[. ]$', part), part
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part, re.IGNORECASE), part
    for some in (TRACKED, every[len(TRACKED) :]):
        assert len({name.lower() for name in some}) == len(set(some))
    modes = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True).stdout
    assert "\n120000 " not in f"\n{modes}", "a symbolic link"


def test_every_file_is_read_and_written_in_a_named_encoding():
    """Without one Python takes that of the machine, which on Windows is not UTF-8."""
    places = {"read_text": 0, "write_text": 1}  # how many arguments stand before the encoding
    nameless = []
    for name in (name for name in TRACKED if name.endswith(".py")):
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and not any(keyword.arg == "encoding" for keyword in node.keywords):
                function = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
                modes = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                as_text = isinstance(node.func, ast.Name) or {*modes} & {"r", "w", "a", "x"}  # not: what is no file
                opened = function == "open" and as_text and not {*modes} & {"rb", "wb", "ab", "xb"}
                if opened or len(node.args) <= places.get(function, -1):
                    nameless.append(f"{name}:{node.lineno}")
    assert nameless == []


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
