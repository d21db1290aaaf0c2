"""The built files: links, addresses, identity of two builds, and a strict build that fails as it should."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jsonschema
import pytest
import yaml
from lxml import html

from macros import shop
from macros.active_content import find_active
from tests.conftest import ENVIRONMENT, ROOT, build, build_pages, copy_project, serve

BASE = ENVIRONMENT["SITE_URL"]


@pytest.fixture(scope="module")
def documents(site):
    """Address below the site -> its parsed page."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): html.parse(str(path)).getroot()
        for path in sorted(site.rglob("*.html"))
    }


def addresses(document):
    """Every address a page loads or leads to."""
    for element, attribute, link, _ in document.iterlinks():
        if attribute in ("href", "src", "srcset", "poster", "data", "action"):
            yield element, link


def test_no_link_is_dead_and_no_anchor_is_missing(site, documents):
    """Not only Markdown links: everything in the built HTML, sheets and parts of pages included."""
    dead = []
    for path, document in documents.items():
        for _, link in addresses(document):
            full, anchor = urldefrag(urljoin(BASE + path, link))
            if urlsplit(full).netloc != urlsplit(BASE).netloc:
                continue
            if not full.startswith(BASE):
                dead.append(f"{path}: {link} leads out of the site")
                continue
            target = unquote(urlsplit(full).path.removeprefix(urlsplit(BASE).path))
            file = site / target / "index.html" if target.endswith("/") or not target else site / target
            if not file.is_file():
                dead.append(f"{path}: {link}")
            elif anchor and anchor != "__skip" and not documents[target].xpath("//*[@id=$id]", id=unquote(anchor)):
                dead.append(f"{path}: {link} has no such part")
    assert dead == []


def loaded_by(path, text):
    """What a style or a script names: `url(…)`, and modules by their names in quotes."""
    found = {".css": r"""url\(["']?([^"')]+)""", ".js": r"""["'](\.[\w./-]+\.js)["']"""}.get(path.suffix)
    return [link for link in re.findall(found, text) if not link.startswith("data:")] if found else []


def test_every_asset_is_loaded_by_something_and_everything_loaded_is_there(site, documents):
    """From the pages on, through styles and modules: nothing of the theme that no page asks for, and no 404."""
    asked = {urljoin(BASE + path, link) for path, document in documents.items() for _, link in addresses(document)}
    asked = {urldefrag(link)[0].removeprefix(BASE) for link in asked if link.startswith(f"{BASE}assets/")}
    reached = set()
    while edge := asked - reached:
        reached |= edge
        for name in edge:
            assert (site / name).is_file(), name
            text = (site / name).read_text("utf-8") if name.endswith((".css", ".js")) else ""
            asked |= {urljoin(name, link) for link in loaded_by(site / name, text)}
    published = {file.relative_to(site).as_posix() for file in (site / "assets").rglob("*") if file.is_file()}
    licences = {name for name in published if re.fullmatch(r"assets/fonts/OFL-\w+\.txt", name)}
    assert published - licences == reached
    pages = {path.partition("/")[0] for path in documents}
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert folders - pages == {"assets", "data", "pagefind", "sheets"}


def test_no_page_loads_anything_from_another_host(documents):
    """Links may lead elsewhere; nothing is fetched from there."""
    loading = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src"}
    for path, document in documents.items():
        for element, link in addresses(document):
            fetched = element.tag in loading or (element.tag == "link" and "canonical" not in element.get("rel"))
            if fetched:
                assert not urlsplit(link).netloc or link.startswith(BASE), f"{path}: {link}"


def test_no_page_has_a_script_of_its_own(documents):
    """But for a few lines, the same on every page with a checklist: they stand in until its script has come."""
    lines = set()
    for path, document in documents.items():
        inline = [script.text for script in document.iter("script") if not script.get("src")]
        assert len(inline) == bool(document.xpath("//*[@class='si-checklist']")), path
        lines.update(inline)
        for main in document.iter("main"):
            assert list(find_active(html.tostring(main, encoding="unicode"))) == [], path
    (text,) = lines
    assert "siPutTickAside" in text


def test_every_id_is_unique_on_its_page(documents):
    for path, document in documents.items():
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_every_page_has_one_first_heading_and_skips_no_level(documents):
    for path, document in documents.items():
        levels = [int(heading.tag[1]) for heading in document.xpath("//main//*[self::h1|self::h2|self::h3|self::h4]")]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip([1, *levels], levels, strict=False)), path


def test_every_page_has_a_title_of_its_own(documents):
    titles = {path: document.findtext(".//title").strip() for path, document in documents.items()}
    assert len(set(titles.values())) == len(titles)
    assert all(title.count("Second Interview") == 1 for title in titles.values())


def test_every_card_and_item_has_its_anchor_on_a_page(documents, catalog):
    cards = {
        card.get("data-id")
        for document in documents.values()
        for card in document.xpath("//*[contains(@class, 'si-card') and @data-id]")
        if card.xpath(".//*[self::h2|self::h3][@id=$id]", id=card.get("data-id"))
    }
    items = {
        item.get("data-id")
        for document in documents.values()
        for item in document.xpath("//*[contains(@class, 'si-checklist')]//li[@data-id and @data-id=@id]")
        if item.xpath(".//label/input[@type='checkbox']")
    }
    assert cards == set(catalog.cards)
    assert items == {item.id for checklist in catalog.checklists.values() for item in checklist.items}


def test_improve_this_page_leads_to_a_file_of_the_repository(documents):
    for path, document in documents.items():
        if path == "404.html":
            continue
        (link,) = document.xpath("//a[contains(@class, 'si-edit')]/@href")
        file = link.partition("/edit/main/")[2]
        assert (ROOT / file).is_file(), f"{path}: {link}"
    (link,) = documents["ask/growth/"].xpath("//a[contains(@class, 'si-edit')]/@href")
    assert link.endswith("/edit/main/docs/data/questions/ask/growth.yml")


def test_the_timeline_has_the_labels_of_the_vocabulary(catalog):
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    guide = next(section["The guide"] for section in config["nav"] if "The guide" in section)
    labels = [label for part in guide for label in part if label != "Who you are"]
    assert labels == [term.label for term in catalog.vocabulary.moments.values() if term.label in labels]


def test_the_catalog_json_has_every_id(site, catalog):
    text = (site / "data" / "catalog.json").read_text("utf-8")
    content = json.loads(text)
    assert content["counts"]["ask"] == sum(len(deck.questions) for deck in catalog.ask.values())
    assert all(f'"{id_}"' in text for id_ in catalog.cards)


def test_the_schemas_accept_our_files_and_refuse_a_wrong_word(site):
    folders = {
        "questions-ask": "questions/ask/*.yml",
        "checklist": "checklists/*.yml",
        "session": "sessions/*.yml",
    }
    for kind, pattern in folders.items():
        schema = json.loads((site / "data" / "schema" / f"{kind}.json").read_text("utf-8"))
        for file in (ROOT / "docs" / "data").glob(pattern):
            content = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
            jsonschema.validate(content, schema)
            content["surprise"] = 1
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(content, schema)


def compare_with_another(site: Path, project: Path, target: Path) -> None:
    """Build the project again, and compare every byte."""
    result = build(project, target)
    assert result.returncode == 0, result.stdout + result.stderr
    first, second = (
        {path.relative_to(root): path for path in root.rglob("*") if path.is_file()} for root in (site, target)
    )
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


def test_two_builds_in_two_places_are_the_same_bytes(site, project, catalog, tmp_path):
    """The copy has another path, and of each way of drawing it draws one sheet anew."""
    ways = {(sheet.kind, sheet.card, sheet.order, sheet.full): sheet.file for sheet in shop.published(catalog)}
    kept = [(json.loads(row.read_text("utf-8"))["file"], row) for row in (project / ".cache/sheets").glob("*.json")]
    assert len(ways) > 10 and {file for file, _ in kept} >= set(ways.values())
    for file, row in kept:
        if file in ways.values():
            row.unlink()
    compare_with_another(site, project, tmp_path / "again")


@pytest.mark.heavy
def test_two_builds_from_nothing_are_the_same_bytes(site, tmp_path):
    before = os.times()
    compare_with_another(site, copy_project(tmp_path / "elsewhere"), tmp_path / "again")
    after = os.times()
    taken = after.children_user + after.children_system - before.children_user - before.children_system
    assert taken < 75  # seconds of one core: 60 for the sheets, and the pages


@pytest.fixture
def project(site, tmp_path):
    """A copy of the project, with the sheets that the site's build has already drawn."""
    root = copy_project(tmp_path / "project")
    shutil.copytree(ROOT / ".cache" / "sheets", root / ".cache" / "sheets")
    return root


def test_a_bad_yaml_file_fails_the_strict_build_with_the_same_line_as_the_check(project, tmp_path):
    file = project / "docs/data/questions/ask/growth.yml"
    file.write_text(file.read_text("utf-8").replace("roles: [executive]", "roles: [boss]", 1), "utf-8")
    check = subprocess.run([sys.executable, "-m", "macros", "check"], cwd=project, capture_output=True, text=True)
    assert check.returncode == 1
    (line,) = check.stdout.splitlines()
    assert re.match(r"docs/data/questions/ask/growth\.yml:\d+: questions\[3\]\.roles: 'boss' is not one of", line)
    assert check.stderr == ""
    result = build(project, tmp_path / "site")
    assert result.returncode == 1
    assert line in result.stderr
    assert "Traceback" not in result.stderr


def test_a_build_prints_its_log_and_nothing_else(project, tmp_path):
    """No banner of a theme or a plugin, whoever starts the build; a broken file, because that is quick."""
    (project / "docs/data/sources.yml").write_text("[", "utf-8")
    result = build(project, tmp_path / "site")
    assert [line for line in result.stderr.splitlines() if not re.match(r"[A-Z]+ +-  |Abort|$", line)] == []


def test_questions_too_long_for_their_cards_fail_the_strict_build_each_with_its_line(project, tmp_path):
    """All at once, whichever sheets they are on."""
    lines = []
    for deck in ("ask/growth", "answer/conflict", "ask/universal"):
        file = project / f"docs/data/questions/{deck}.yml"
        text, _ = re.subn(r"(question: )(\w+)", rf"\1\2 {f'{file.stem} ' * 40}", file.read_text("utf-8"), count=1)
        file.write_text(text, "utf-8")
        line = text[: text.index(f" {file.stem} {file.stem}")].count("\n") + 1
        lines.append(f"docs/data/questions/{deck}.yml:{line}: questions[0].question: the front of the card does not")
    result = build(project, tmp_path / "site")
    assert result.returncode == 1
    assert [line for line in lines if line not in result.stderr] == []


@pytest.mark.parametrize(
    ("additions", "said"),
    [
        (["[dead](/guide/nowhere.md)", "[dead part](/ask/growth.md#nowhere)"], ["'/guide/nowhere.md'", "'#nowhere'"]),
        (["{{ nothing }}", '{{ deck("nothing") }}'], ["in braces", "'nothing'"]),
    ],
)
def test_a_bad_page_fails_the_strict_build_which_names_all_that_is_bad(project, tmp_path, additions, said):
    page = project / "docs/guide/invited/what-it-is.md"
    page.write_text("\n\n".join([page.read_text("utf-8"), *additions, ""]), "utf-8")
    result = build_pages(project, tmp_path / "site")
    assert result.returncode != 0
    for words in said:
        lines = [line for line in result.stderr.splitlines() if words in line]
        assert any("guide/invited/what-it-is.md" in line for line in lines), (words, result.stderr)


TYPED = """Say "no" & 'yes' <SCRIPT>window.ran=1</SCRIPT> "><IMG SRC=x ONERROR=window.ran=1> `a` **b** {{ c }} &lt;"""


def type_in(file: Path, *keys: str) -> None:
    """Put TYPED in place of the first value of each key of a YAML file or a page's front matter."""
    text = file.read_text("utf-8")
    for key in keys:
        line = re.search(rf"^[ -]*{key}: (.+)$", text, re.M)
        value = json.dumps([TYPED] if key == "keywords" else TYPED)  # JSON is YAML
        text = text[: line.start(1)] + value + text[line.end(1) :]
    file.write_text(text, "utf-8")


def test_front_matter_and_data_are_shown_as_they_are_typed(project, tmp_path, page):
    """On the page itself and in its head, on those that list or quote it, and in the rail beside others."""
    docs = project / "docs"
    type_in(docs / "guide/waiting/silence.md", "title", "description", "keywords")
    type_in(docs / "data/checklists/waiting.yml", "intro", "text", "why")
    type_in(docs / "data/questions/answer/conflict.yml", "intro", "why")
    result = build_pages(project, tmp_path / "site")
    assert result.returncode == 0, result.stderr
    places = {
        "guide/waiting/silence/": [
            "string(//h1)",
            "substring-before(//title, ' · ')",
            "string(//meta[@name='description']/@content)",
            "string(//*[@class='si-lead'])",
            "string(//*[@data-pagefind-body]/@data-keywords)",
        ],
        "guide/waiting/": ["string(//main//a[@href='silence/'])", "string(//*[@class='si-rail']//a[@href='silence/'])"],
        "guide/waiting/other-processes/": ["string(//*[@class='si-rail']//a[@href='../silence/'])"],
        "checklists/waiting/": [
            "string(//*[@class='si-intro'])",
            "string(//li[@data-id]//label/span)",
            "string(//li[@data-id]/p/a[last()])",
        ],
        "checklists/": ["string(//main//li[.//a[@href='waiting/']])"],
        "answer/conflict/": ["string(//*[@class='si-intro'])", "string(//dd)"],
    }
    with serve(tmp_path / "site") as address:
        for path, wanted in places.items():
            page.goto(address + path, wait_until="networkidle")
            assert page.evaluate("window.ran") is None, path
            document = html.parse(str(tmp_path / "site" / path / "index.html")).getroot()
            for place in wanted:
                assert TYPED in document.xpath(place), (path, place)


def test_the_check_says_nothing_when_all_is_well():
    result = subprocess.run([sys.executable, "-m", "macros", "check"], cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_publish_works_as_a_command_on_a_site_that_is_already_built(site, tmp_path):
    target = Path(shutil.copytree(site, tmp_path / "site"))
    for folder in ("sheets", "data", "pagefind"):
        shutil.rmtree(target / folder)
    command = [sys.executable, "-m", "macros", "publish", str(target), BASE]
    subprocess.run(command, cwd=ROOT, check=True, env=ENVIRONMENT)
    for folder in ("sheets", "data", "pagefind"):
        names = {path.relative_to(target) for path in (target / folder).rglob("*")}
        assert names == {path.relative_to(site) for path in (site / folder).rglob("*")}
        assert all(
            (target / name).read_bytes() == (site / name).read_bytes() for name in names if (site / name).is_file()
        )
