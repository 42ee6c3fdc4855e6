// Puts the page together: who is chatting, what arrives, what a tap does.

import { follow, get, post } from "/api.js";
import * as chatView from "/chat.js";
import * as composer from "/composer.js";

const $ = (id) => document.getElementById(id);
let me = null;
let bot = { name: "问症", username: "" };
let persons = [];
let unfollow = () => {};
let blocked = false;
let typing = 0;
const spinning = new Map();

// ---- what taps do

const tap = {
  command: (text) => composer.say(text),
  copy: (text) => copy(text),
  reply: (message) => composer.beginReply(message),
  toast: (text) => toast(text),
  link(url) {
    if (url.hostname !== "t.me" || url.pathname.slice(1).toLowerCase() !== bot.username.toLowerCase()) return false;
    const start = url.searchParams.get("start");
    composer.say(start ? `/start ${start}` : "/start");
    return true;
  },
  async key(message, button, node) {
    if (button.callback_data !== undefined) return pressKey(message, button, node);
    if (button.copy_text) return copy(button.copy_text.text);
    if (button.url) {
      let url;
      try { url = new URL(button.url); } catch { return toast("链接无法打开"); }
      if (!tap.link(url) && /^https?:$/.test(url.protocol)) window.open(url.href, "_blank", "noopener");
      return undefined;
    }
    const inlineHere = button.switch_inline_query_current_chat;
    if (inlineHere !== undefined) { $("text").value = `@${bot.username} ${inlineHere}`; $("text").dispatchEvent(new Event("input")); return $("text").focus(); }
    return toast("这种按钮在本机试聊里不能用");
  },
};

async function pressKey(message, button, node) {
  if (node.classList.contains("busy")) return;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    const { callback_id: id } = await post("/sim/press", { chat: me.id, message_id: message.message_id, data: button.callback_data });
    if (early.delete(id)) return stop(node);
    spinning.set(id, node);
    setTimeout(() => { if (spinning.delete(id)) stop(node); }, 15000);
  } catch (error) {
    stop(node);
    toast(`没有按下：${error.message}`);
  }
}

// Answers that overtook the answer to the press itself.
const early = new Set();

function stop(node) {
  node.classList.remove("busy");
  node.removeAttribute("aria-busy");
}

async function copy(text) {
  try { await navigator.clipboard.writeText(text); toast("已复制到剪贴板"); } catch { toast(`请手动复制：${text}`); }
}

let toastTimer = 0;
function toast(text) {
  const node = $("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3500);
}

function notice(answer) {
  const node = spinning.get(answer.callback_id);
  if (node) { spinning.delete(answer.callback_id); stop(node); } else early.add(answer.callback_id);
  if (!answer.text) return;
  if (!answer.alert) return toast(answer.text);
  $("alert-text").textContent = answer.text;
  $("alert").showModal();
}
$("alert-ok").addEventListener("click", () => $("alert").close());

// ---- what arrives

const arrivals = {
  message(body) {
    if (body.from.id !== me.id) setTyping(false);
    chatView.show(body, me.id, tap);
    edges();
  },
  edited: (body) => { setTyping(false); chatView.show(body, me.id, tap); },
  deleted: (body) => { chatView.remove(body.message_id); edges(); },
  reaction: (body) => chatView.react(body.message_id, body.emoji),
  typing: () => setTyping(true),
  notice,
  inline: (body) => composer.showInline(body),
  trace: (body) => showTrace(body),
  blocked: (body) => { blocked = body; edges(); },
  cleared: () => { chatView.reset(); showTrace(null); edges(); },
};

function arrived(event) {
  if (event.type === "resync") return load();
  if (event.type === "commands") return get(`/sim/commands?chat=${me.id}`).then(composer.setCommands);
  if (event.chat !== me.id) return mark(event);
  return arrivals[event.type]?.(event.body);
}

function mark(event) {
  if (event.type === "message") document.querySelector(`[data-person="${event.chat}"]`)?.classList.add("unread");
}

function setTyping(on) {
  clearTimeout(typing);
  $("status").textContent = on ? "正在输入…" : "机器人";
  $("status").classList.toggle("typing", on);
  if (on) typing = setTimeout(() => setTyping(false), 5000);
}

// What shows at the lower edge depends on whether there is a conversation, and on blocking.
function edges() {
  const none = chatView.count() === 0;
  $("empty").hidden = !none;
  $("start").hidden = blocked || !none;
  $("unblock").hidden = !blocked;
  $("input-row").hidden = blocked || none;
  $("do-block").textContent = blocked ? "解除屏蔽" : "屏蔽机器人";
}

// ---- the Trace of the last answer

function showTrace(trace) {
  const body = $("trace-body");
  body.replaceChildren();
  const steps = Array.isArray(trace) ? trace : [];
  const note = document.createElement("p");
  note.className = "note";
  if (!steps.length) {
    note.textContent = "发一句话，这里会逐步显示机器人怎样得出回答。";
    body.append(note);
    return;
  }
  const all = steps.reduce((sum, step) => sum + (step.micros || 0), 0);
  const most = Math.max(1, ...steps.map((step) => step.micros || 0));
  const list = document.createElement("ol");
  list.append(...steps.map((step) => traceStep(step, most)));
  note.textContent = `共 ${steps.length} 步，${duration(all)}`;
  body.append(note, list);
}

function traceStep(step, most) {
  const item = document.createElement("li");
  const part = (tag, name, text) => { const node = document.createElement(tag); node.className = name; node.textContent = text; return node; };
  const head = part("div", "head", "");
  head.append(part("b", "", step.stage), part("span", "micros", duration(step.micros || 0)));
  const bar = document.createElement("progress");
  bar.max = most;
  bar.value = step.micros || 0;
  bar.setAttribute("aria-hidden", "true");
  const found = typeof step.found === "string" ? step.found : JSON.stringify(step.found ?? "");
  item.append(head, bar, part("div", "found", found));
  return item;
}

const duration = (micros) => (micros >= 10000 ? `${(micros / 1000).toFixed(1)} 毫秒` : `${micros} 微秒`);

// ---- persons

function listPersons() {
  $("person-list").replaceChildren(...persons.map((person) => {
    const item = document.createElement("li");
    const row = document.createElement("button");
    row.className = "person";
    row.dataset.person = person.id;
    if (person.id === me.id) row.setAttribute("aria-current", "true");
    const avatar = document.createElement("span");
    avatar.className = "avatar";
    avatar.textContent = [...person.name][0] || "?";
    avatar.dataset.color = String(Math.abs(person.id) % 6);
    avatar.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    const name = document.createElement("b");
    name.textContent = person.name;
    const role = document.createElement("small");
    role.textContent = person.role;
    words.append(name, role);
    row.append(avatar, words);
    row.addEventListener("click", () => { location.hash = String(person.id); $("app").classList.remove("show-persons"); });
    item.append(row);
    return item;
  }));
}

async function load() {
  unfollow();
  const chat = me.id;
  const history = await get(`/sim/history?chat=${chat}`);
  if (chat !== me.id) return;
  blocked = history.blocked;
  setTyping(false);
  spinning.clear();
  composer.open({ chat, botName: bot.username, toast, lastOwn: () => chatView.lastOwn(chat) });
  composer.setCommands(history.commands);
  if (history.description) $("about").textContent = history.description;
  edges();
  chatView.showAll(history.messages, chat, tap);
  showTrace(history.trace);
  edges();
  chatView.toEnd(false);
  composer.focus();
  unfollow = follow(history.after, arrived);
}

async function choose() {
  me = persons.find((person) => String(person.id) === location.hash.slice(1)) || persons[0];
  if (!me) return toast("还没有人：请由程序调用 introduce");
  listPersons();
  return load();
}

// ---- panels and menus

for (const [name, panel] of [["persons", "show-persons"], ["trace", "show-trace"]]) {
  $(`${name}-open`).addEventListener("click", () => { $("app").classList.toggle(panel); $(`${name}-close`).focus(); });
  $(`${name}-close`).addEventListener("click", () => { $("app").classList.remove(panel); $(`${name}-open`).focus(); });
}
const more = (open) => { $("more").hidden = !open; $("more-open").setAttribute("aria-expanded", String(open)); };
$("more-open").addEventListener("click", (event) => { event.stopPropagation(); more($("more").hidden); });
document.addEventListener("click", () => more(false));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { more(false); $("app").classList.remove("show-persons", "show-trace"); } });
$("do-clear").addEventListener("click", () => post("/sim/clear", { chat: me.id }));
$("do-block").addEventListener("click", () => post("/sim/block", { chat: me.id, blocked: !blocked }));
$("unblock").addEventListener("click", () => post("/sim/block", { chat: me.id, blocked: false }));
$("start").addEventListener("click", () => composer.say("/start"));

async function begin() {
  try {
    ({ persons, bot } = await get("/sim/persons"));
    await choose();
    window.addEventListener("hashchange", choose);
  } catch (error) {
    toast(`连不上本机服务：${error.message}`);
    setTimeout(begin, 2000);
  }
}
begin();
