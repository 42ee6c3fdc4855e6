// The messages of one chat: bubbles, buttons under them, dates between them.

import { fileUrl } from "/api.js";
import { measure, openQuotes, render } from "/text.js";

const list = document.getElementById("messages");
const scroll = document.getElementById("scroll");
const down = document.getElementById("down");
const shown = new Map();

const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
};

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date().toDateString()) return "今天";
  return date.toLocaleDateString("zh-CN", { month: "long", day: "numeric" });
}

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

export function toEnd(smooth) {
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: smooth ? "smooth" : "auto" });
}

scroll.addEventListener("scroll", () => { down.hidden = atEnd(); });
down.addEventListener("click", () => toEnd(true));
new ResizeObserver(() => { if (!down.hidden) return; toEnd(false); }).observe(scroll);

export function reset() {
  shown.clear();
  list.replaceChildren();
  down.hidden = true;
}

export const count = () => shown.size;

export function lastOwn(me) {
  const own = [...shown.values()].filter((entry) => entry.message.from.id === me && entry.message.text);
  return own.length ? own[own.length - 1].message : null;
}

export function showAll(messages, me, tap) {
  reset();
  for (const message of messages) {
    const node = bubble(message, me, tap);
    shown.set(message.message_id, { node, message });
    list.append(node);
  }
  for (const { node } of shown.values()) measure(node);
  arrange();
  toEnd(false);
}

export function show(message, me, tap) {
  const old = shown.get(message.message_id);
  const stay = atEnd();
  const node = bubble(message, me, tap);
  shown.set(message.message_id, { node, message });
  if (old) {
    const open = openQuotes(old.node);
    old.node.replaceWith(node);
    measure(node, open);
    const focused = document.activeElement === document.body;
    if (focused && old.pressed) node.querySelector(".keys button")?.focus({ preventScroll: true });
  } else {
    list.append(node);
    measure(node);
  }
  arrange();
  if (stay || message.from.id === me) toEnd(false); else if (!old) down.hidden = false;
}

export function remove(id) {
  shown.get(id)?.node.remove();
  shown.delete(id);
  arrange();
}

export function react(id, emoji) {
  const node = shown.get(id)?.node;
  if (!node) return;
  node.querySelector(".reaction")?.remove();
  if (emoji) node.querySelector(".bubble").append(make("span", "reaction", emoji));
}

// Dates between days; the tail only at the last of a run of bubbles from one side.
function arrange() {
  list.querySelectorAll(".day").forEach((node) => node.remove());
  let today = "";
  let before = null;
  for (const { node, message } of [...shown.values()].sort((a, b) => a.message.message_id - b.message.message_id)) {
    const name = day(message.date);
    const side = node.classList.contains("own");
    if (name !== today) {
      const label = make("li", "day");
      label.append(make("span", "", name));
      node.before(label);
      today = name;
      before = null;
    }
    node.classList.add("last");
    if (before && before.side === side) before.node.classList.remove("last");
    before = { node, side };
  }
}

function bubble(message, me, tap) {
  const own = message.from.id === me;
  const item = make("li", `message ${own ? "own" : "other"}`);
  item.dataset.id = message.message_id;
  const body = make("div", "bubble");
  body.append(make("span", "sr", own ? "我：" : `${message.from.first_name}：`));
  if (message.via_bot) body.append(make("p", "via", `通过 @${message.via_bot.username}`));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, tap));
  for (const part of media(message)) body.append(part);
  const text = message.text ?? message.caption;
  if (text) {
    const words = make("div", "text");
    words.append(render(text, message.entities || message.caption_entities, tap));
    body.append(words);
  }
  const time = make("span", "time");
  if (message.edit_date) time.append(make("span", "edited", "已编辑"));
  time.append(make("time", "", clock(message.date)));
  if (own) time.append(make("span", "ticks", "✓✓"));
  body.append(time);
  item.append(body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) item.append(keyboard(message, rows, tap));
  body.addEventListener("dblclick", (event) => { if (!event.target.closest("a, .link, blockquote, button")) tap.reply(message); });
  return item;
}

function quote(message, tap) {
  const node = make("button", "answered");
  node.append(make("b", "", message.from?.first_name || ""), make("span", "", message.text || message.caption || "［媒体］"));
  node.addEventListener("click", () => {
    const target = shown.get(message.message_id)?.node;
    if (!target) return tap.toast("原消息已不在");
    target.scrollIntoView({ block: "center", behavior: "smooth" });
    target.classList.add("flash");
    setTimeout(() => target.classList.remove("flash"), 1200);
  });
  return node;
}

function* media(message) {
  if (message.photo) {
    const image = make("img", "photo");
    image.src = fileUrl(message.photo[message.photo.length - 1].file_id);
    image.alt = message.caption || "图片";
    yield image;
  }
  if (message.document) {
    const line = make("a", "file");
    line.href = fileUrl(message.document.file_id);
    line.download = message.document.file_name || "file";
    line.append(make("span", "disc", "↓"), make("span", "name", message.document.file_name || "文件"), make("small", "", size(message.document.file_size)));
    yield line;
  }
  if (message.voice || message.audio) {
    const line = make("div", "file voice");
    line.append(make("span", "disc", "▶"), make("span", "wave", "▁▃▆▃▅▇▃▂▅▃▁"), make("small", "", `0:0${(message.voice || message.audio).duration || 1}`));
    yield line;
  }
  if (message.sticker) yield make("div", "sticker", message.sticker.emoji || "🤒");
}

const size = (bytes) => (bytes > 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : bytes > 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${bytes || 0} 字节`);

function keyboard(message, rows, tap) {
  const keys = make("div", "keys");
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", "消息按钮");
  for (const row of rows) {
    const line = make("div", "keys-row");
    for (const button of row) line.append(key(message, button, tap));
    keys.append(line);
  }
  return keys;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "corner");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function key(message, button, tap) {
  const node = make("button", "key");
  node.append(make("span", "label", button.text));
  const mark = button.url || button.web_app ? "M6 18L18 6M9 6h9v9" : button.copy_text ? "M9 9h11v11H9zM5 15H4V4h11v1" : "";
  if (mark) node.append(icon(mark));
  if (button.style) node.dataset.style = button.style;
  node.addEventListener("click", () => {
    const entry = shown.get(message.message_id);
    if (entry) entry.pressed = true;
    tap.key(message, button, node);
  });
  return node;
}
