// Tables can be sorted by any column: once up, once down, then as published. Nothing else needs a script.
(function () {
  "use strict";
  var words = new Intl.Collator("en-GB", { numeric: true });
  var next = { none: "ascending", ascending: "descending", descending: "none" };

  function number(text) {
    var plain = text.replace(/\u2212/g, "-").replace(/[+%,]/g, "").trim();
    return plain === "" || isNaN(plain) ? null : Number(plain);
  }
  // Figures before words, marks in square brackets last whichever way.
  function compare(a, b, sign) {
    var marks = [a, b].map(function (text) { return text.charAt(0) === "[" ? 1 : 0; });
    if (marks[0] || marks[1]) { return marks[0] - marks[1]; }
    var figures = [number(a), number(b)];
    if (figures[0] !== null && figures[1] !== null) { return sign * (figures[0] - figures[1]); }
    return sign * words.compare(a, b);
  }
  document.querySelectorAll("main table").forEach(function (table) {
    var body = table.tBodies[0], published = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
    if (published.length < 3) { return; }
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        var order = next[head.getAttribute("aria-sort") || "none"];
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        if (order !== "none") { head.setAttribute("aria-sort", order); }
        var rows = published.slice();
        if (order !== "none") {
          rows.sort(function (a, b) {
            var texts = [a, b].map(function (row) { return row.cells[column].textContent.trim(); });
            return compare(texts[0], texts[1], order === "ascending" ? 1 : -1);
          });
        }
        body.append.apply(body, rows);
      });
    });
  });
})();
