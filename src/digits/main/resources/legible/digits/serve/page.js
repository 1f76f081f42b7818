// The page's only script: drawing, taking pictures, asking the server, showing what it said.

const $ = (id) => document.getElementById(id);
const canvas = $("canvas");
const paint = canvas.getContext("2d");

// ---- What is asked ----

const HEIGHT = 280;
const TASKS = {
  digit: { width: 280, pen: 20, path: "/v1/predict", query: "" },
  number: { width: 840, pen: 14, path: "/v1/read", query: "" },
  amount: { width: 840, pen: 14, path: "/v1/read", query: "&amount=true" },
};
const task = () => document.querySelector("input[name=task]:checked").value;

// ---- Drawing: strokes are lists of points in pixels of the canvas ----

let strokes = [];
let drawing = false;

function redraw() {
  paint.fillStyle = "#fff";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.strokeStyle = "#000";
  paint.lineWidth = TASKS[task()].pen;
  paint.lineCap = paint.lineJoin = "round";
  for (const stroke of strokes) {
    paint.beginPath();
    paint.moveTo(stroke[0].x, stroke[0].y);
    stroke.forEach((point) => paint.lineTo(point.x, point.y));
    paint.stroke();
  }
}

function point(event) {
  const box = canvas.getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) * canvas.width) / box.width,
    y: ((event.clientY - box.top) * canvas.height) / box.height,
  };
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  liftPen();
  drawing = true;
  strokes.push([point(event)]);
  changed();
});
canvas.addEventListener("pointermove", (event) => {
  if (!drawing) return;
  const events = event.getCoalescedEvents?.() ?? [];
  (events.length ? events : [event]).forEach((e) => strokes.at(-1).push(point(e)));
  changed();
});
for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, () => (drawing = false));
}

// ---- Drawing with the keyboard ----

const cursor = { x: 140, y: 60, down: false };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function showCursor() {
  $("pen").hidden = false;
  $("pen").classList.toggle("down", cursor.down);
  $("pen").style.left = `${(100 * cursor.x) / canvas.width}%`;
  $("pen").style.top = `${(100 * cursor.y) / canvas.height}%`;
}

function liftPen() {
  cursor.down = false;
  $("pen").hidden = true;
}

function moveCursor([dx, dy], far) {
  const length = far ? 40 : 10;
  cursor.x = Math.min(Math.max(cursor.x + dx * length, 10), canvas.width - 10);
  cursor.y = Math.min(Math.max(cursor.y + dy * length, 10), canvas.height - 10);
  if (cursor.down) {
    strokes.at(-1).push({ x: cursor.x, y: cursor.y });
    changed();
  }
}

function togglePen() {
  cursor.down = !cursor.down;
  if (cursor.down) {
    strokes.push([{ x: cursor.x, y: cursor.y }]);
    changed();
  }
  forget(cursor.down ? "Pen down." : "Pen up.");
}

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (ARROWS[event.key]) moveCursor(ARROWS[event.key], event.shiftKey);
  else if (event.key === " ") togglePen();
  else if (event.key === "Enter") read();
  else if (event.key === "Escape") clear();
  else return;
  event.preventDefault();
  if (event.key !== "Escape") showCursor();
});
canvas.addEventListener("blur", () => ($("pen").hidden = true));

// ---- What is to be read: the drawing, or a picture that was chosen ----

let picture = null; // a File, or null for the drawing
let waiting = 0;

// A drawing is read when the pen has rested for a moment.
function changed() {
  picture = null;
  redraw();
  clearTimeout(waiting);
  waiting = setTimeout(() => (drawing || cursor.down ? changed() : read()), 400);
}

function clear() {
  strokes = [];
  picture = null;
  liftPen();
  redraw();
  clearTimeout(waiting);
  question.abort();
  forget("Nothing written yet.");
}

function choose(file) {
  if (!file) return;
  clear();
  picture = file;
  read();
}

for (const input of [$("file"), $("camera")]) {
  input.addEventListener("change", () => {
    choose(input.files[0]);
    input.value = ""; // so that the same picture may be chosen again
  });
}
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  choose(event.dataTransfer.files[0]);
});
document.addEventListener("paste", (event) => choose(event.clipboardData.files[0]));

$("read").addEventListener("click", read);
$("clear").addEventListener("click", clear);
$("undo").addEventListener("click", () => {
  strokes.pop();
  liftPen();
  if (strokes.length) changed();
  else clear();
});
$("max-error").addEventListener("change", readAgain);
document.querySelectorAll("input[name=task]").forEach((radio) => radio.addEventListener("change", setTask));

function setTask() {
  canvas.width = TASKS[task()].width;
  canvas.height = HEIGHT;
  cursor.x = Math.min(cursor.x, canvas.width - 10);
  $("pad").classList.toggle("wide", canvas.width > HEIGHT);
  offerRefusing();
  redraw();
  readAgain();
}

// The drawing at two fifths of its size: still four times what the network sees, and a sixth of the pixels to read.
function drawn() {
  const small = Object.assign(document.createElement("canvas"), { width: canvas.width * 2 / 5, height: canvas.height * 2 / 5 });
  const onto = small.getContext("2d");
  onto.imageSmoothingQuality = "high";
  onto.drawImage(canvas, 0, 0, small.width, small.height);
  return new Promise((done) => small.toBlob(done, "image/png"));
}

function readAgain() {
  if (picture || strokes.length) read();
}

// ---- Asking the server ----

let question = new AbortController();

async function read() {
  clearTimeout(waiting);
  question.abort();
  if (!picture && !strokes.length) return forget("Draw something first, or choose a picture.");
  question = new AbortController();
  const { signal } = question;
  const asked = task();
  try {
    const sent = picture ?? (await drawn());
    const { path, query } = TASKS[asked];
    const share = $("max-error").value;
    const refusing = share ? `&max-error=${share}` : "";
    const type = sent.type.startsWith("image/") ? sent.type : "application/octet-stream";
    const headers = { "Content-Type": type };
    const answer = await fetch(`${path}?steps=true${query}${refusing}`, { method: "POST", headers, body: sent, signal });
    const json = await answer.json();
    if (!answer.ok) return forget(`Not read: ${json.error}.`, "–");
    show(json, sent, asked);
  } catch (failure) {
    if (failure.name !== "AbortError") forget("The server does not answer. Is it still running?", "–");
  }
}

// ---- Showing what it said ----

const percent = (share) => `${(100 * share).toFixed(1)} %`;

function say(answer, sure, kind = "") {
  $("answer").textContent = answer;
  $("answer").className = kind;
  $("sure").textContent = sure;
}

// Without an answer nothing of an earlier one may stand there.
function forget(why, answer = "") {
  say(answer, why);
  $("details").hidden = $("way").hidden = true;
}

function show(json, sent, asked) {
  if (asked === "digit") showDigit(json);
  else showNumber(json, asked);
  showPicture(json, sent);
  showSteps(json.steps);
  $("details").hidden = $("way").hidden = false;
  $("seen").hidden = $("bars").hidden = asked !== "digit";
}

function showDigit(json) {
  if (json.rejected) say("Not sure enough", `Refused: ${json.reason}.`, "refused");
  else say(json.digit, `${percent(json.probability)} sure`);
  const best = json.probabilities.indexOf(Math.max(...json.probabilities));
  $("bars").tBodies[0].replaceChildren(...json.probabilities.map((share, digit) => bar(share, digit, digit === best)));
  draw(json.steps.at(-1), $("pixels"));
}

function bar(share, digit, best) {
  const row = document.createElement("tr");
  row.className = best ? "best" : "";
  row.append(element("th", String(digit)), element("td", percent(share)), document.createElement("td"));
  row.cells[0].scope = "row";
  row.cells[1].className = "share";
  const length = row.cells[2].appendChild(document.createElement("span"));
  length.className = "bar";
  length.style.width = `${100 * share}%`;
  return row;
}

function showNumber(json, asked) {
  const sure = percent(json.confidence);
  if (json.rejected) {
    const why = asked === "amount" && !json.amount ? "it has not the shape of an amount" : `only ${sure} sure`;
    say("A person should read it", `Refused: most likely ${json.text}, but ${why}.`, "refused");
  } else {
    const amount = asked === "amount" ? `; the amount is ${json.amount}` : "";
    say(json.text, `${sure} sure${amount}`, json.text.length > 6 ? "long" : "");
  }
}

let address = "";

// Not every browser can show every form that the server can read: then what the server decoded is shown.
function showPicture(json, sent) {
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(sent);
  $("picture").onerror = () => {
    $("picture").onerror = null;
    draw(json.steps[0]).toBlob((decoded) => ($("picture").src = address = URL.createObjectURL(decoded)));
  };
  $("picture").src = address;
  const digits = json.digits ?? [];
  $("boxes-note").hidden = digits.length === 0;
  $("boxes").setAttribute("viewBox", `0 0 ${json.width ?? 1} ${json.height ?? 1}`);
  $("boxes").replaceChildren(...digits.flatMap(box));
}

function box({ digit, box: [x, y, width, height] }) {
  const size = Math.max(height / 3, 8);
  const shape = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  };
  const label = shape("text", { x, y: Math.max(y - 2, size * 0.8), "font-size": size });
  label.textContent = digit;
  return [shape("rect", { x, y, width, height }), label];
}

const STEPS = {
  light: ["picture", "grey, as it was sent"],
  even: ["even", "shadows and slopes taken away"],
  ink: ["ink", "ground black, ink white"],
  clean: ["clean", "lines, blots and grain taken away"],
  box: ["box", "the smallest rectangle around the ink"],
  stroke: ["stroke", "strokes about as wide as the training pictures'"],
  scale: ["scale", "its longer side is 20 pixels"],
  brighten: ["brighten", "the strongest ink is white again"],
  centre: ["centre", "the centre of mass is in the middle"],
  keep: ["keep", "has the form already"],
  reverse: ["reverse", "has the form, but dark on light"],
  sheet: ["sheet", "dark ink on even light, in which lines are looked for"],
};

function showSteps(steps) {
  $("steps").replaceChildren(
    ...steps.map((step) => {
      const [title, meaning] = STEPS[step.name] ?? [step.name, ""];
      const item = document.createElement("li");
      const frame = item.appendChild(document.createElement("div"));
      const drawing = frame.appendChild(draw(step));
      drawing.className = step.fullWidth < 50 ? "few" : ""; // so few pixels are to be seen one by one
      item.append(element("b", title), element("span", meaning), element("span", `${step.fullWidth} x ${step.fullHeight}`));
      return item;
    }),
  );
}

// The pixels of a step come as one byte each, 0 black to 255 white, in base 64.
function draw({ width, height, pixels }, onto = document.createElement("canvas")) {
  Object.assign(onto, { width, height });
  const levels = atob(pixels);
  const image = new ImageData(width, height);
  for (let i = 0; i < levels.length; i++) {
    image.data.fill(levels.charCodeAt(i), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  onto.getContext("2d").putImageData(image, 0, 0);
  return onto;
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}

// ---- What the server has ----

let health = { maxErrors: [], readerMaxErrors: [] };

// The shares of wrong answers that the model asked has thresholds for; the one chosen stays where it can.
function offerRefusing() {
  const select = $("max-error");
  const chosen = select.options.length > 1 ? Number(select.value) : 0.01;
  const shares = task() === "digit" ? health.maxErrors : health.readerMaxErrors;
  const options = shares.map((share) => new Option(`${100 * share} %`, share, false, share === chosen));
  select.replaceChildren(select.options[0], ...options);
  select.disabled = shares.length === 0;
}

async function meet() {
  health = await (await fetch("/v1/health")).json();
  for (const radio of document.querySelectorAll("input[name=task]")) {
    radio.disabled = radio.value !== "digit" && !health.reader;
  }
  const names = [health.model, health.reader].filter(Boolean).map((model) => model.name);
  $("about").textContent = `Legible ${health.version}; models: ${names.join(", ")}. Programs can ask too: POST /v1/predict, POST /v1/read.`;
  setTask();
}

redraw();
meet().catch(() => forget("The server does not answer. Is it still running?", "–"));
