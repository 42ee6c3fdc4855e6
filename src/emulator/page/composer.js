// The lower edge: the text field, the commands menu, attachments, and what is being edited or answered.

import { post, upload } from "/api.js";

const $ = (id) => document.getElementById(id);
const [text, send, menu, commands, inline, attach, clip, file] = ["text", "send", "menu", "commands", "inline", "attach", "clip", "file"].map($);

let chat = 0;
let botName = "";
let list = [];
let editing = null;
let answering = null;
let hooks = {};
let inlineTimer = 0;
let inlineWaits = null;
let inlineLast = null;

export function open(options) {
  ({ chat, botName } = options);
  hooks = options;
  closeContext();
  closePopups();
  text.value = "";
  grow();
}

export function setCommands(all) {
  list = all || [];
  menu.hidden = list.length === 0;
  if (!commands.hidden) showCommands(commandPart());
}

export const focus = () => { if (matchMedia("(hover: hover)").matches) text.focus(); };

export async function say(words) {
  try { await post("/sim/say", { chat, text: words, reply_to: answering?.message_id }); } catch (error) { hooks.toast(`没有发出：${error.message}`); }
  closeContext();
}

// ---- the field

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  send.disabled = text.value.trim() === "";
}

async function submit() {
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  grow();
  closePopups();
  if (!editing) return say(words);
  const id = editing.message_id;
  closeContext();
  try { await post("/sim/edit", { chat, message_id: id, text: words }); } catch (error) { hooks.toast(`没有改成：${error.message}`); }
}

text.addEventListener("input", () => {
  grow();
  const part = commandPart();
  if (part !== null && list.length) showCommands(part); else commands.hidden = true;
  watchInline();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { closePopups(); closeContext(); return; }
  if (event.key === "ArrowUp" && text.value === "") { event.preventDefault(); beginEdit(); return; }
  // While an input method composes, Enter chooses its candidate (229 is Safari's word for it).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
send.addEventListener("click", submit);

// ---- commands

const commandPart = () => (/^\/[a-z0-9_]*$/i.test(text.value) ? text.value.slice(1).toLowerCase() : null);

function showCommands(part) {
  const rows = list.filter((entry) => entry.command.startsWith(part || "")).map((entry) => {
    const row = option(`/${entry.command}`, entry.description);
    row.addEventListener("click", () => { closePopups(); text.value = ""; grow(); say(`/${entry.command}`); focus(); });
    return row;
  });
  commands.replaceChildren(...rows);
  commands.hidden = rows.length === 0;
  menu.setAttribute("aria-expanded", String(!commands.hidden));
}

function option(title, words) {
  const row = document.createElement("button");
  row.setAttribute("role", "option");
  const name = document.createElement("b");
  name.textContent = title;
  const about = document.createElement("span");
  about.textContent = words || "";
  row.append(name, about);
  return row;
}

menu.addEventListener("click", () => { const show = commands.hidden; closePopups(); if (show) showCommands(""); });

// ---- inline mode: "@bot words"

function watchInline() {
  clearTimeout(inlineTimer);
  const start = `@${botName} `;
  if (!text.value.toLowerCase().startsWith(start)) { inline.hidden = true; return; }
  const query = text.value.slice(start.length);
  inlineTimer = setTimeout(async () => {
    const answer = await post("/sim/inline", { chat, query }).catch(() => null);
    inlineWaits = answer && { id: answer.query_id, query };
    // The results may have overtaken the answer to the query itself.
    if (inlineLast) showInline(inlineLast);
  }, 300);
}

export function showInline(answer) {
  inlineLast = answer;
  if (!inlineWaits || answer.query_id !== inlineWaits.id) return;
  const rows = answer.results.map((result) => {
    const row = option(result.title || result.id, result.description);
    row.addEventListener("click", () => {
      post("/sim/choose", { chat, result_id: result.id, query: inlineWaits.query });
      text.value = "";
      grow();
      closePopups();
    });
    return row;
  });
  inline.replaceChildren(...(rows.length ? rows : [option("没有结果", "")]));
  inline.hidden = false;
}

// ---- attachments

clip.addEventListener("click", () => { const show = attach.hidden; closePopups(); attach.hidden = !show; clip.setAttribute("aria-expanded", String(show)); });
attach.addEventListener("click", (event) => {
  const act = event.target.closest("button")?.dataset.act;
  if (!act) return;
  closePopups();
  if (act === "edit") return beginEdit();
  if (act === "document") return file.click();
  const caption = act === "photo" ? text.value.trim() : "";
  if (caption) { text.value = ""; grow(); }
  post(`/sim/${act}`, { chat, caption: caption || undefined }).catch((error) => hooks.toast(`没有发出：${error.message}`));
});
file.addEventListener("change", async () => {
  const [chosen] = file.files;
  file.value = "";
  if (!chosen) return;
  const caption = text.value.trim();
  text.value = "";
  grow();
  try { await upload(chat, chosen, caption); } catch (error) { hooks.toast(`没有发出：${error.message}`); }
});

// ---- editing and answering

export function beginEdit() {
  const last = hooks.lastOwn();
  if (!last) return hooks.toast("还没有可以修改的消息");
  editing = last;
  answering = null;
  context("修改消息", last.text);
  text.value = last.text;
  grow();
  text.focus();
}

export function beginReply(message) {
  answering = message;
  editing = null;
  context(`回复 ${message.from.first_name}`, message.text || message.caption || "［媒体］");
  text.focus();
}

function context(title, words) {
  $("context-title").textContent = title;
  $("context-text").textContent = words;
  $("context").hidden = false;
}

function closeContext() {
  if (editing) { text.value = ""; grow(); }
  editing = null;
  answering = null;
  $("context").hidden = true;
}
$("context-close").addEventListener("click", closeContext);

export function closePopups() {
  for (const popup of [commands, inline, attach]) popup.hidden = true;
  menu.setAttribute("aria-expanded", "false");
  clip.setAttribute("aria-expanded", "false");
}
document.addEventListener("click", (event) => { if (!event.target.closest(".composer")) closePopups(); });
