// Practice of an interview answer: a timer, and a recording that lives in this page's memory only. Nothing is ever sent.
(() => {
  const box = document.querySelector("[data-practice]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const [time, start, record, stop, says, result, player] = ["time", "start", "record", "stop", "says", "result", "play"].map(part);
  let begun, ticking, recorder, address;

  const show = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    time.value = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const running = (on) => {
    stop.hidden = !on;
    start.hidden = record.hidden = on;
    (on ? stop : start).focus();
  };
  const begin = () => {
    begun = Date.now();
    show();
    ticking = setInterval(show, 250);
    running(true);
  };
  const forget = () => {
    if (address) URL.revokeObjectURL(address);
    address = undefined;
    player.removeAttribute("src");
    player.load();
    result.hidden = true;
  };
  const keep = (pieces, type) => {
    address = URL.createObjectURL(new Blob(pieces, { type }));
    player.src = address;
    result.hidden = false;
    says.textContent = says.dataset.ready;
  };

  start.addEventListener("click", begin);
  record.addEventListener("click", async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      says.textContent = says.dataset.refused;
      return;
    }
    forget();
    const pieces = [];
    recorder = new MediaRecorder(sound);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of sound.getTracks()) track.stop();
      keep(pieces, recorder.mimeType);
      recorder = undefined;
    });
    recorder.start();
    says.textContent = says.dataset.recording;
    begin();
  });
  stop.addEventListener("click", () => {
    clearInterval(ticking);
    running(false);
    recorder?.stop();
  });
  part("delete").addEventListener("click", () => {
    forget();
    says.textContent = says.dataset.gone;
    record.focus();
  });
  addEventListener("pagehide", forget);

  part("when-script").hidden = false;
  record.hidden = !(window.MediaRecorder && navigator.mediaDevices);
})();
