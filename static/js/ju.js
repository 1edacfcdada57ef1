// Comforts on top of pages that work without them. Every text is in the page, none here.
(() => {
  const root = document;
  const closest = (event, what) => event.target.closest?.(what);

  // 800 ms after the last key; the form's hx-trigger="autosave, submit" does the rest.
  const timers = new WeakMap();
  const isBusy = (form) => form.getAttribute("aria-busy") === "true";
  const autosave = (form, wait) => {
    clearTimeout(timers.get(form));
    // One at a time: the next save starts from the version that the last one brought back.
    const say = () => (isBusy(form) ? autosave(form, 200) : form.dispatchEvent(new Event("autosave", { bubbles: true })));
    timers.set(form, setTimeout(say, wait));
  };
  root.addEventListener("input", (event) => {
    const form = closest(event, "form[data-autosave]");
    if (form) autosave(form, 800);
  });
  // The button of a form that only saves itself by htmx leads to another page: it waits for the save under way.
  root.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('[data-autosave][hx-trigger="autosave"]')) return;
    clearTimeout(timers.get(form));
    if (!isBusy(form)) return;
    event.preventDefault();
    root.addEventListener("htmx:finally:request", () => form.requestSubmit(submitter), { once: true });
  });

  const busy = (on) => (event) => closest(event, "form")?.setAttribute("aria-busy", on);
  root.addEventListener("htmx:before:request", busy(true));
  root.addEventListener("htmx:finally:request", busy(false));

  // A refusal is no second page inside the page: a few words beside the form, which keeps what was typed.
  const pressed = new WeakMap();
  root.addEventListener("submit", ({ target, submitter }) => pressed.set(target, submitter), true);
  root.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const place = ctx.sourceElement?.closest("form") ?? ctx.sourceElement;
    for (const old of place?.querySelectorAll("[data-refusal]") ?? []) old.remove();
    if (!ctx.response?.headers.get("HX-Refusal") || !place) return;
    place.insertAdjacentHTML(place.matches("form") ? "afterbegin" : "beforebegin", ctx.text);
    root.querySelector("[data-refusal]")?.focus();
  });
  // With the fresh token that came along, also after a log-in in another tab.
  root.addEventListener("click", (event) => {
    const alert = closest(event, "[data-send-again]")?.closest("[data-refusal]");
    const form = alert?.closest("form");
    if (!form) return;
    const { token } = alert.dataset;
    const held = "hx-headers:inherited";
    const headers = JSON.parse(root.body.getAttribute(held) || "{}");
    root.body.setAttribute(held, JSON.stringify({ ...headers, "X-CSRF-Token": token }));
    for (const field of root.querySelectorAll("input[name=csrf_token]")) field.value = token;
    if (form.matches("[data-autosave]") && !pressed.get(form)) autosave(form, 0);
    else form.requestSubmit(pressed.get(form) ?? undefined);
  });

  // After a swap the focus goes to what changed, if the new piece names it.
  root.addEventListener("htmx:after:settle", ({ detail }) => {
    const goals = "[data-focus],[autofocus]";
    for (const piece of detail.newContent ?? []) {
      const goal = piece.matches?.(goals) ? piece : piece.querySelector?.(goals);
      if (goal) return goal.focus();
    }
    keepPlace();
  });

  // Else it stays on the same button, or on the nearest piece still there: nobody is thrown back to the top of the page.
  // The same: it says so (data-focus-again, for a link that changes its address), or does the same as before.
  let place = null;
  const controls = "a[href],button,input,select,textarea";
  const does = (piece) => {
    const { focusAgain } = piece.dataset;
    if (focusAgain) return focusAgain;
    const value = piece.matches("button,[type=radio],[type=checkbox]") && piece.getAttribute("value");
    const { form } = piece;
    const where = [piece, form].map((each) => each && (each.getAttribute("formaction") ?? each.getAttribute("action")));
    const given = ["href", "name"].map((name) => piece.getAttribute(name));
    return JSON.stringify([piece.tagName, ...given, value, form?.getAttribute("id"), where]);
  };
  const only = (what) => {
    const all = what ? [...root.querySelectorAll(controls)].filter((piece) => does(piece) === what) : [];
    return all.length === 1 ? all[0] : null;
  };
  root.addEventListener("htmx:before:swap", () => {
    const had = root.activeElement;
    place = null;
    if (!had || had === root.body) return;
    const names = [];
    for (let piece = had; piece && piece.id !== "main"; piece = piece.parentElement) if (piece.id) names.push(piece.id);
    const what = had.matches(controls) && does(had);
    place = { mark: only(what) && what, names };
  });
  const keepPlace = () => {
    if (!place || root.activeElement !== root.body) return;
    const found = only(place.mark) ?? place.names.map((name) => root.getElementById(name)).find(Boolean);
    place = null;
    if (!found) return;
    if (found.tabIndex < 0) found.tabIndex = -1;
    found.focus({ preventScroll: true });
  };

  root.addEventListener("click", (event) => {
    const exit = closest(event, "[data-quick-exit]");
    if (exit) {
      event.preventDefault();
      location.replace(exit.href);
    }
    if (closest(event, "[data-print]")) print();
    const copy = closest(event, "[data-copy]");
    if (copy) {
      const from = root.querySelector(copy.dataset.copy);
      navigator.clipboard?.writeText(from.value ?? from.innerText).then(() => {
        const says = root.querySelector(copy.dataset.says || null);
        if (says) says.textContent = copy.dataset.done;
      });
    }
  });

  // The language menu closes with Escape and with a click beside it.
  const shut = (event) => {
    for (const menu of root.querySelectorAll(".language[open]")) {
      if (event.key === "Escape") menu.querySelector("summary").focus();
      if (event.key === "Escape" || (event.type === "click" && !menu.contains(event.target))) menu.open = false;
    }
  };
  root.addEventListener("click", shut);
  root.addEventListener("keydown", shut);

  // Five minutes before the log-out by idleness: ask.
  const warning = root.querySelector("[data-idle-warning]");
  if (warning) {
    const { seconds, url, after } = warning.dataset;
    let ask, leave;
    const restart = () => {
      clearTimeout(ask);
      clearTimeout(leave);
      ask = setTimeout(() => warning.showModal(), Math.max(seconds - 300, 5) * 1000);
      leave = setTimeout(() => after && location.replace(after), seconds * 1000);
    };
    const headers = JSON.parse(root.body.getAttribute("hx-headers:inherited") || "{}");
    warning.addEventListener("close", () => fetch(url, { method: "POST", headers }).then(restart, restart));
    root.addEventListener("htmx:after:request", restart);
    restart();
  }
})();
