// Text with entities into DOM nodes. Offsets are UTF-16 units, as JavaScript's own strings count. Text only ever
// becomes text nodes; links only ever http, https, mailto or tel.

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

export function render(text, entities, tap) {
  const out = document.createDocumentFragment();
  const sorted = (entities || [])
    .map((e) => ({ ...e, end: Math.min(e.offset + e.length, text.length) }))
    .filter((e) => e.offset < e.end)
    .sort((a, b) => a.offset - b.offset || b.end - a.end || rank(a) - rank(b));
  fill(out, text, 0, text.length, sorted, tap);
  return out;
}

// Quotations are blocks and go outside of what begins and ends with them.
const rank = (entity) => (entity.type.endsWith("blockquote") ? 0 : 1);

function fill(parent, text, from, to, entities, tap) {
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    if (first.offset > at) parent.append(text.slice(at, first.offset));
    const inside = others.filter((e) => e.offset < first.end).map((e) => ({ ...e, end: Math.min(e.end, first.end) }));
    // What reaches beyond the end of the first goes on after it.
    const over = others.filter((e) => e.offset < first.end && e.end > first.end).map((e) => ({ ...e, offset: first.end }));
    const node = element(first, text.slice(first.offset, first.end), tap);
    fill(node.inner, text, first.offset, first.end, inside, tap);
    parent.append(node.outer);
    at = first.end;
    // A block already ends its line.
    if (rank(first) === 0 || first.type === "pre") while (text[at] === "\n" && at < to) { at += 1; break; }
    rest = [...over, ...others.filter((e) => e.offset >= first.end)].map((e) => ({ ...e, offset: Math.max(e.offset, at) })).filter((e) => e.offset < e.end);
  }
  if (at < to) parent.append(text.slice(at, to));
}

function element(entity, text, tap) {
  const type = entity.type;
  if (TAGS[type]) {
    const node = document.createElement(TAGS[type]);
    if (entity.language) node.dataset.language = entity.language;
    if (type === "code") {
      node.title = "点按复制";
      node.addEventListener("click", () => tap.copy(text));
    }
    return both(node);
  }
  switch (type) {
    case "url": return both(link(text.includes("://") ? text : `https://${text}`, tap));
    case "text_link": return both(link(entity.url, tap));
    case "email": return both(link(`mailto:${text}`, tap));
    case "phone_number": return both(link(`tel:${text.replace(/[^+\d]/g, "")}`, tap));
    case "bot_command": return both(button("command", () => tap.command(text)));
    case "spoiler": return both(spoiler());
    case "blockquote": return both(document.createElement("blockquote"));
    case "expandable_blockquote": return foldable();
    case "mention": case "hashtag": case "cashtag": case "text_mention": {
      const node = document.createElement("span");
      node.className = "link";
      return both(node);
    }
    default: return both(document.createElement("span"));
  }
}

const both = (node) => ({ outer: node, inner: node });

function link(target, tap) {
  let url;
  try { url = new URL(target); } catch { return document.createElement("span"); }
  if (!["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return document.createElement("span");
  const node = document.createElement("a");
  node.href = url.href;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => { if (tap.link(url)) event.preventDefault(); });
  return node;
}

function button(name, act) {
  const node = document.createElement("span");
  node.className = `link ${name}`;
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.addEventListener("click", (event) => { event.stopPropagation(); act(); });
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } });
  return node;
}

function spoiler() {
  const node = button("spoiler", () => { node.classList.add("shown"); node.removeAttribute("role"); node.removeAttribute("aria-label"); });
  node.classList.remove("link");
  node.setAttribute("aria-label", "隐藏的文字，点按显示");
  return node;
}

// A quotation that folds to three lines; whether it needs to is measured when it is shown.
function foldable() {
  const outer = document.createElement("blockquote");
  outer.className = "foldable folded";
  const inner = document.createElement("div");
  inner.className = "quote";
  const toggle = document.createElement("span");
  toggle.className = "toggle";
  toggle.setAttribute("aria-hidden", "true");
  outer.append(inner, toggle);
  const turn = () => {
    if (!outer.classList.contains("can-fold")) return;
    outer.classList.toggle("folded");
    outer.setAttribute("aria-expanded", String(!outer.classList.contains("folded")));
  };
  outer.addEventListener("click", (event) => { if (!event.target.closest("a, .link") && !getSelection().toString()) turn(); });
  outer.addEventListener("keydown", (event) => { if (event.target === outer && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); turn(); } });
  return { outer, inner };
}

// Called once the nodes are in the page. A quotation that was open stays open (`open` is a set of their numbers).
export function measure(root, open) {
  root.querySelectorAll("blockquote.foldable").forEach((quote, number) => {
    const inner = quote.querySelector(".quote");
    const fits = inner.scrollHeight <= inner.clientHeight + 2;
    quote.classList.toggle("can-fold", !fits);
    if (fits) { quote.classList.remove("folded"); return; }
    quote.tabIndex = 0;
    quote.setAttribute("role", "button");
    const opened = Boolean(open && open.has(number));
    quote.classList.toggle("folded", !opened);
    quote.setAttribute("aria-expanded", String(opened));
  });
}

export function openQuotes(root) {
  const open = new Set();
  root.querySelectorAll("blockquote.foldable").forEach((quote, number) => {
    if (quote.classList.contains("can-fold") && !quote.classList.contains("folded")) open.add(number);
  });
  return open;
}
