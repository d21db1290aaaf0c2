"""The words candidates type find what they look for, in the search that readers use."""

from __future__ import annotations

import yaml

from tests.conftest import ROOT

QUERIES = yaml.safe_load((ROOT / "tests" / "search_queries.yml").read_text("utf-8"))
WANTED = 0.95  # of the queries, within the first three results


def test_nearly_every_query_finds_its_page_in_the_first_three_results(page, address):
    assert len(QUERIES) >= 100
    page.goto(address)
    found = page.evaluate(
        """async (queries) => {
          const { find, loadIndex } = await import("./assets/js/search.js");
          const index = await loadIndex();
          const results = [];
          for (const query of queries) results.push((await find(index, query)).slice(0, 3).map(({ url }) => url));
          return results;
        }""",
        [query for query, *_ in QUERIES],
    )
    missed = [
        f"{query}: {[url.lstrip('/') for url in urls]}"
        for (query, *targets), urls in zip(QUERIES, found, strict=True)
        if not any(url.lstrip("/").startswith(target) for url in urls for target in targets)
    ]
    share = 1 - len(missed) / len(QUERIES)
    print(f"{len(QUERIES) - len(missed)} of {len(QUERIES)} queries")
    assert share >= WANTED, "\n".join(missed)
