// A lesson on a bad line, and comforts while reading. Every text is in the page, none here; docs/learning.md draws how answers wait.
const LESSONS = "lessons"; // the worker's cache; it goes at log-out, and with it the mark of whose phone this is
const WHO = "/offline/who";

// --- answers that wait in the browser's database, under the mark of the person who gave them
const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("answers", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: ["owner", "path"] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
const waiting = async (mode, act) => {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const deal = database.transaction("waiting", mode);
    const asked = act(deal.objectStore("waiting"));
    deal.oncomplete = () => resolve(asked.result);
    deal.onerror = () => reject(deal.error);
  });
};

const ask = async (path, options) => {
  const answer = await fetch(path, { cache: "no-store", ...options });
  return { status: answer.status, ok: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
};
const ownerIn = (page) => page.querySelector("[data-offline]")?.dataset.owner;

const offline = (place, form) => {
  const path = location.pathname;
  const isKept = place.dataset.offline === "kept"; // a copy from the worker, without anybody's answers or token
  const state = () => document.getElementById("exercise-state");
  let owner = place.dataset.owner;

  const say = (what) => {
    const line = document.getElementById("saved-at");
    if (line) line.textContent = place.dataset[what];
  };
  const show = (name, href) => {
    const notice = place.querySelector(`[data-notice="${name}"]`);
    notice.hidden = false;
    if (href) notice.querySelector("a").href = href;
  };

  const whoseIsIt = async () => {
    const cache = await caches.open(LESSONS);
    if (isKept) owner = (await (await cache.match(WHO))?.text()) ?? "";
    else await cache.put(WHO, new Response(owner));
  };

  const keep = async (submitter) => {
    const before = await waiting("readonly", (all) => all.get([owner, path]));
    const fields = [...new FormData(form, submitter)].filter(([name]) => !["csrf_token", "lang", "seen"].includes(name));
    const seen = before?.seen ?? form.elements.seen.value; // the version from when it was opened
    await waiting("readwrite", (all) => all.put({ owner, path, fields, seen }));
    say("waiting");
  };
  const drop = (mark, where) => waiting("readwrite", (all) => all.delete([mark, where]));

  const fill = ({ fields, seen }) => {
    for (const input of form.elements) {
      const given = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(input.type)) input.checked = given.includes(input.value);
      else if (given.length && input.matches("input:not([type=hidden]), textarea")) input.value = given[0];
    }
    form.elements.seen.value = seen;
    say("waiting");
  };

  // Only to the person who gave it: the fresh page says who is asking now, and brings the token.
  const send = async (answer, marks) => {
    const fresh = await ask(answer.path);
    const token = fresh.page.querySelector("#exercise [name=csrf_token]")?.value;
    if (!token || !marks.has(ownerIn(fresh.page))) return;
    const body = new URLSearchParams([...answer.fields, ["seen", answer.seen], ["csrf_token", token]]);
    const answered = await ask(answer.path, { method: "POST", body });
    if (answered.ok) {
      await drop(answer.owner, answer.path);
      if (!answer.owner) marks.add(ownerIn(answered.page)); // the first answer of somebody without log-in began her draft
    }
    if (answer.path === path) arrive(answered);
    else if (answered.status === 409) show("conflict", answer.path);
  };
  const arrive = ({ status, page }) => {
    if (isKept) return location.reload();
    const found = page.getElementById("exercise-state");
    if (![200, 409, 422].includes(status) || !found) return;
    state().replaceWith(document.adoptNode(found));
    owner = ownerIn(page) ?? owner;
  };

  let isBusy = false;
  const sync = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const marks = new Set([owner]);
      for (const answer of await waiting("readonly", (all) => all.getAll())) if (answer.owner === owner) await send(answer, marks);
    } catch {
      // still no line: the answers wait
    }
    isBusy = false;
  };

  const listen = () => {
    form.addEventListener("htmx:error", () => keep());
    form.addEventListener("htmx:after:request", ({ detail }) => {
      if (detail.ctx.response?.status === 200) drop(owner, path);
    });
    form.addEventListener("click", ({ target }) => target.closest("[data-drop-waiting]") && drop(owner, path));
    window.addEventListener("online", sync);
    if (!isKept) return;
    show("kept");
    // The copy has nobody's token: what is given here waits, and goes with a fresh one.
    const instead = (event) => {
      event.stopImmediatePropagation();
      event.preventDefault();
      keep(event.submitter).then(() => event.type === "submit" && sync());
    };
    for (const name of ["autosave", "submit"]) window.addEventListener(name, (event) => event.target === form && instead(event), true);
  };

  const begin = async () => {
    if (form) listen();
    await whoseIsIt();
    const own = form && (await waiting("readonly", (all) => all.get([owner, path])));
    if (own) fill(own);
    if (navigator.onLine) await sync();
  };
  begin();

  const register = async () => {
    await navigator.serviceWorker.register(place.dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    const pictures = [...document.querySelectorAll("#lesson-text img")].map((image) => new URL(image.src).pathname);
    if (!isKept) active.postMessage({ lesson: path, language: document.documentElement.lang, pictures });
  };
  register();
};

// --- reading: paragraphs can be heard in Danish, a tap shows where a mistake is, a Danish word explains itself
const reading = (text) => {
  const blocks = () => [...text().children].slice(-Number(text().dataset.blocks));
  const speech = window.speechSynthesis;
  const voice = () => speech?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("da"));
  const pairs = (page) => [...page.querySelectorAll(".pair-danish")].map((danish) => danish.innerText || danish.textContent);
  let fetched; // the Danish beside one's own language comes when it is wanted
  const danishOf = async (number, block) => {
    if (text().dataset.language === "da") return block.innerText;
    fetched ??= ask(`${location.pathname}?danish=1`).then(({ page }) => pairs(page));
    return (await fetched)[number];
  };

  const hush = () => {
    speech.cancel();
    for (const button of document.querySelectorAll("[data-hear]")) button.setAttribute("aria-pressed", "false");
  };
  const hear = async (button, number, block) => {
    const wasOn = button.getAttribute("aria-pressed") === "true";
    hush();
    if (wasOn) return;
    const spoken = new SpeechSynthesisUtterance((await danishOf(number, block)).replace(button.textContent, ""));
    Object.assign(spoken, { lang: "da-DK", voice: voice(), rate: 0.9, onend: hush });
    button.setAttribute("aria-pressed", "true");
    speech.speak(spoken);
  };
  const offer = () => {
    if (!voice() || text().querySelector("[data-hear]")) return;
    blocks().forEach((block, number) => {
      if (block.matches("h2, h3, figure, :has(> .pair-own > :is(h2, h3, figure))")) return;
      const button = document.getElementById("hear").content.firstElementChild.cloneNode(true);
      button.addEventListener("click", () => hear(button, number, block));
      (block.querySelector(":scope > .pair-danish, :scope > li:last-child") ?? block).append(button);
    });
  };
  offer();
  speech?.addEventListener?.("voiceschanged", offer);
  document.addEventListener("htmx:after:swap", offer);

  // With a finger one taps the paragraph; with the keyboard the form asks.
  const pick = (event) => {
    const report = event.target.closest?.("[data-pick-paragraph]");
    if (!report || event.detail === 0) return;
    event.preventDefault();
    const say = document.getElementById("pick");
    say.hidden = false;
    say.scrollIntoView();
    blocks().forEach((block, number) => {
      block.classList.add("pickable");
      block.addEventListener("click", (tap) => {
        tap.preventDefault();
        location.assign(`${report.href}?paragraph=${number}`);
      });
    });
  };
  document.addEventListener("click", pick);

  const explain = (event) => {
    const word = event.target.closest?.("a.term");
    const found = word && document.getElementById(`word-${word.dataset.term}`);
    const bubble = document.getElementById("word-bubble");
    if (!found || !bubble?.showPopover) return;
    event.preventDefault();
    bubble.querySelector("dt").textContent = found.textContent;
    bubble.querySelector("dd").textContent = found.nextElementSibling.textContent;
    bubble.querySelector("a").href = word.href;
    bubble.showPopover();
    bubble.querySelector("button").focus();
    bubble.addEventListener("toggle", () => word.focus(), { once: true });
  };
  document.addEventListener("click", explain);
};

// --- the page in place of what cannot be reached: which lessons can
const listKept = async (list) => {
  const cache = await caches.open(LESSONS);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/modules/")) continue;
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const link = Object.assign(document.createElement("a"), { href: pathname, textContent: page.querySelector("h1")?.textContent });
    link.lang = page.documentElement.lang;
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
};

const place = document.querySelector("[data-offline]");
if (place && navigator.serviceWorker && window.caches && window.indexedDB) offline(place, document.getElementById("exercise"));
if (document.getElementById("lesson-text")) reading(() => document.getElementById("lesson-text"));
const list = document.querySelector("[data-kept-lessons]");
if (list && window.caches) listKept(list);
