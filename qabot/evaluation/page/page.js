"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const articles = [...document.querySelectorAll("article")].map((node) => ({
    node,
    state: node.dataset.state,
    bucket: node.dataset.bucket,
    word: node.dataset.word,
    tags: JSON.parse(node.dataset.tags),
    text: null,
  }));
  const value = (id) => (byId(id) ? byId(id).value : "");
  // Line ends in a passage are white space to whoever searches for words.
  const plain = (text) => text.toLowerCase().replace(/\s+/g, " ");

  // What is chosen stands behind the # of the address, so that a choice can be bookmarked and sent.
  const fields = ["search", "bucket", "word", "tag"].filter((id) => byId(id));
  function remember() {
    const chosen = new URLSearchParams(fields.filter((id) => value(id)).map((id) => [id, value(id)]));
    history.replaceState(null, "", `#${chosen}`);
  }
  function recall() {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const id of fields) byId(id).value = chosen.get(id) ?? "";
  }

  function apply() {
    const [bucket, word, tag, search] = [value("bucket"), value("word"), value("tag"), plain(value("search")).trim()];
    let count = 0;
    for (const one of articles) {
      if (search && one.text === null) one.text = plain(one.node.textContent);
      const shown =
        (!bucket || bucket === one.state || bucket === one.bucket) &&
        (!word || word === one.word) &&
        (!tag || one.tags.includes(tag)) &&
        (!search || one.text.includes(search));
      one.node.hidden = !shown;
      count += shown;
    }
    byId("count").textContent = `${count} of ${articles.length}`;
  }

  // Typing tells of itself by "input", some ways to choose from a list only by "change".
  for (const event of ["input", "change"]) {
    byId("filter").addEventListener(event, () => {
      apply();
      remember();
    });
  }
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    recall();
    apply();
  });
  recall();
  apply();
})();
