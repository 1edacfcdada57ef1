// Keeps lessons readable without a connection. KEPT stands above, written by the server: version, assets, offline.
// Only the person-free copy of a lesson is kept: it is fetched anew without cookies. No other page is.
const ASSETS = `assets-${KEPT.version}`;
const LESSONS = "lessons";
const LESSON = /^\/modules\/[a-z0-9-]+\/[a-z0-9-]+$/;
const MOST_LESSONS = 80;
const LOOSE = { ignoreSearch: true, ignoreVary: true };

// Without cookies: the page that everybody gets.
const impersonal = (path, language) => {
  const headers = language ? { "Accept-Language": language } : {};
  return fetch(path, { credentials: "omit", redirect: "error", headers });
};

const put = async (cache, path, answer, change = (text) => text) => {
  if (!answer.ok) return;
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name); // the body is unpacked here
  const body = headers.get("Content-Type")?.startsWith("text/html") ? change(await answer.text()) : await answer.blob();
  await cache.put(path, new Response(body, { headers }));
};

const install = async () => {
  const cache = await caches.open(ASSETS);
  for (const path of [...KEPT.assets, KEPT.offline]) await put(cache, path, await impersonal(path));
};

// What a page needs to look and work as it did: its styles, scripts and pictures, at the version it names.
const PARTS = /(?:href|src)="(\/(?:static\/|theme\.css)[^"]*)"/g;
const partsOf = (text) => [...text.matchAll(PARTS)].map((found) => found[1].replaceAll("&amp;", "&"));

const keptTexts = async (cache) => {
  const pages = (await cache.keys()).filter((request) => !new URL(request.url).pathname.startsWith("/static/"));
  const texts = [];
  for (const request of pages) {
    const answer = await cache.match(request);
    if (answer?.headers.get("Content-Type")?.startsWith("text/html")) texts.push(await answer.text());
  }
  return texts;
};

// Each kept lesson keeps its own parts, so that it is whole after a deploy has brought newer ones.
const keepParts = async (cache) => {
  const needed = new Set((await keptTexts(cache)).flatMap(partsOf));
  for (const path of needed) {
    if (await cache.match(path, { ignoreVary: true })) continue;
    const known = await caches.match(path, { ignoreVary: true });
    if (known) await cache.put(path, known);
    else await put(cache, path, await impersonal(path));
  }
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (/\.(css|js)$/.test(pathname) && !needed.has(pathname + search)) await cache.delete(request);
  }
};

const activate = async () => {
  // Lessons kept by the release before: their parts still lie in its cache, which goes now.
  await keepParts(await caches.open(LESSONS)).catch(() => {});
  for (const name of await caches.keys()) if (![ASSETS, LESSONS].includes(name)) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
};

const keepLesson = async ({ lesson, language, pictures }) => {
  if (!LESSON.test(lesson)) return;
  const cache = await caches.open(LESSONS);
  const mark = (text) => text.replace('data-offline="live"', 'data-offline="kept"');
  await cache.delete(lesson, LOOSE);
  await put(cache, lesson, await impersonal(lesson, language), mark);
  await put(cache, KEPT.offline, await impersonal(KEPT.offline, language));
  for (const path of pictures.filter((path) => path.startsWith("/static/"))) await put(cache, path, await impersonal(path));
  const kept = (await cache.keys()).filter((request) => LESSON.test(new URL(request.url).pathname));
  for (const request of kept.slice(0, -MOST_LESSONS)) await cache.delete(request);
  await keepParts(cache);
};

const find = async (cacheName, path) => (await caches.open(cacheName)).match(path, LOOSE);

const open = async (event, path) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const lesson = LESSON.test(path) && (await find(LESSONS, path));
    const found = lesson || (await find(LESSONS, KEPT.offline)) || (await find(ASSETS, KEPT.offline));
    if (!found) throw error;
    return found;
  }
};

const piece = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(keepLesson(event.data).catch(() => {})));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // Log-out: kept lessons go, and with them the mark of whose phone this is.
  if (["/log-out", "/logged-out", "/r/left"].includes(url.pathname)) event.waitUntil(caches.delete(LESSONS));
  // "Leave this computer": answers that wait go too, also where the browser does not know Clear-Site-Data.
  if (url.pathname === "/r/left") indexedDB.deleteDatabase("answers");
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(event, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(piece(request));
});
