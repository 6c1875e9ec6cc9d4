// Keys, focus and selection. Everything works without this; it only makes the work quicker.
"use strict";

const keys = document.getElementById("keys");
const help = document.getElementById("help");
const main = document.getElementById("main");
const words = document.getElementById("words");
const fresh = document.getElementById("new");

keys.checked = localStorage.getItem("recensio-keys") !== "off";
keys.addEventListener("change", () => localStorage.setItem("recensio-keys", keys.checked ? "on" : "off"));
document.getElementById("open-help").addEventListener("click", () => help.showModal());

function isField(element) {
  return element.matches("input:not([type=checkbox]), select, textarea");
}

document.addEventListener("keydown", (event) => {
  if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = isField(document.activeElement);
  if (event.key === "Escape" && field) document.activeElement.blur();
  if (field || !keys.checked) return;
  const key = event.key === '"' ? "" : CSS.escape(event.key.toLowerCase());
  const target = key && document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  if (isField(target)) {
    target.focus();
    if (target.select) target.select();
  } else {
    target.click();
  }
});

// A key held down, or pressed twice, decides once.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  if (event.target.method === "post") event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

// What is selected in the reading is what the decision is about.
const reading = document.getElementById("reading");
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!words || !selection.rangeCount || !reading.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  const text = selection.toString().replace(/\s+/g, " ").trim();
  if (!text) return;
  if (fresh && fresh.value === words.value) fresh.value = text;
  words.value = text;
});

// The one before the current flag stays in sight; screen readers hear what was done, then the next flag.
const current = document.querySelector(".queue [aria-current]");
if (current) current.scrollIntoView({ block: "center" });
const marked = document.querySelector(".reading mark");
if (marked) marked.scrollIntoView({ block: "center" });
document.querySelector(".shown").scrollTop = 0;
window.scrollTo(0, 0);
const status = document.querySelector("[role=status]");
const said = status.textContent;
if (said) {
  status.textContent = "";
  setTimeout(() => { status.textContent = said; }, 50);
}
const alarm = document.querySelector("[role=alert]");
if (!alarm) main.querySelector("h1").focus({ preventScroll: true });
