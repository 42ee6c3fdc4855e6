// Talks to the server this page came from, and to nothing else.

async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error((body && body.description) || `HTTP ${response.status}`);
  return body;
}

export const get = (path) => ask(path);

export const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export function upload(chat, file, caption) {
  const kind = file.type.startsWith("image/") ? "photo" : "document";
  const query = new URLSearchParams({ chat, name: file.name, kind, caption: caption || "" });
  const headers = { "Content-Type": "application/octet-stream", "X-Mime": file.type || "application/octet-stream" };
  return ask(`/sim/document?${query}`, { method: "POST", headers, body: file });
}

export const fileUrl = (id) => `/sim/file?id=${encodeURIComponent(id)}`;

// Calls `each` with every event after a number; gives a function that ends it.
export function follow(after, each) {
  const source = new EventSource(`/sim/events?after=${after}`);
  source.onmessage = (message) => each(JSON.parse(message.data));
  return () => source.close();
}
