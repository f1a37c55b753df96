// Everything that is shown is text: nothing of an answer is ever taken for markup.
import { perMinute, span } from "/words.js";

const token = location.hash.length > 20 ? location.hash.slice(1) : sessionStorage.getItem("token");
if (location.hash.length > 20) {
  sessionStorage.setItem("token", token);
  history.replaceState(null, "", "#jobs");
}

const at = (id) => document.getElementById(id);
const state = { act: false };

async function ask(name, body) {
  const headers = { Authorization: `Bearer ${token}` };
  const options = body
    ? { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : { headers };
  const answer = await fetch(`/api/${name}`, options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.hint ? `${told.error} (${told.hint})` : told.error);
  return told;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function card(title, facts, ...more) {
  const made = element("li", undefined, { class: "card" });
  made.append(element("h2", title));
  const list = element("dl");
  for (const [name, value, bad] of facts) {
    if (value === "" || value === undefined || value === null) continue;
    list.append(element("dt", name), element("dd", String(value), bad ? { class: "bad" } : {}));
  }
  made.append(list, ...more);
  return made;
}

function cards(items, none) {
  if (!items.length) return element("p", none);
  const list = element("ul", undefined, { class: "cards" });
  list.append(...items);
  return list;
}

function button(text, action) {
  const made = element("button", text, { type: "button" });
  made.addEventListener("click", action);
  return made;
}

function dialog(question, told, label, yes, act) {
  at("question").textContent = question;
  at("told").replaceChildren(...told);
  at("label").textContent = label;
  at("answer").value = "";
  at("mistake").textContent = "";
  at("yes").textContent = yes;
  at("no").onclick = () => at("dialog").close();
  at("form").onsubmit = async (event) => {
    event.preventDefault();
    at("yes").disabled = true;
    try {
      await act(at("answer").value);
    } catch (error) {
      at("mistake").textContent = error.message;
    } finally {
      at("yes").disabled = false;
    }
  };
  if (!at("dialog").open) at("dialog").showModal();
  at("answer").focus();
}

function planFor(group, action) {
  const what = `${action} ${group.count} of ${group.job}`;
  dialog(what, [element("p", group.reason || group.code)], "Why", "Plan", async (why) => {
    const plan = await ask("plan", { job: group.job, group: group.fingerprint, action, why });
    const verdicts = Object.entries(plan.verdicts).map(([name, count]) => `${count} ${name}`).join(", ");
    const told = [
      element("p", `${plan.letters.length} letters: ${verdicts || "none is meant"}`),
      element("p", `${plan.rate} a second: ${Math.ceil(plan.seconds)} s. Nothing was changed yet.`),
    ];
    const confirm = `Type ${plan.job} to apply plan ${plan.id}`;
    dialog(what, told, confirm, "Apply", async (typed) => {
      const report = await ask("apply", { plan: plan.id, confirm: typed });
      const counts = Object.entries(report.counts).map(([name, count]) => `${count} ${name}`).join(", ");
      at("dialog").close();
      await open("letters");
      at("notice").textContent = report.stopped ? `stopped: ${report.stopped}` : `done: ${counts}`;
    });
  });
}

const ago = (moment) => (moment ? `${moment.slice(0, 19).replace("T", " ")} UTC` : "");

const views = {
  async jobs() {
    const jobs = await ask("jobs");
    return cards(jobs.map((job) => card(job.job, [
      ["waiting", job.queue.visible], ["oldest", span(job.flow.oldest)], ["rate", perMinute(job.flow.rate)],
      ["in hand", job.queue.hidden], ["delayed", job.queue.delayed],
      ["dead letters", job.letters.visible + job.letters.hidden, job.letters.visible > 0],
      ["mapping", job.mapping.state], ["manifest", job.manifest],
      ["paused", job.override && `until ${ago(job.override.until)} by ${job.override.by}: ${job.override.why}`],
      ["schedules", Object.entries(job.schedules).map(([n, s]) => `${n} ${s.toLowerCase()}`).join(", ")],
      ["finding", job.finding, true],
    ])), "There are no jobs.");
  },
  async letters() {
    const desks = await ask("letters");
    const groups = desks.flatMap((desk) => desk.groups);
    const shown = groups.map((group) => {
      const acts = element("div", undefined, { class: "acts" });
      if (state.act) {
        acts.append(button("Replay…", () => planFor(group, "replay")), button("Discard…", () => planFor(group, "discard")));
      }
      return card(`${group.job} · ${group.fingerprint}`, [
        ["count", group.count], ["code", group.code, true], ["reason", group.reason],
        ["first", ago(group.first)], ["last", ago(group.last)], ["expires", ago(group.expires)],
      ], acts);
    });
    const untold = desks.filter((desk) => desk.untold).map((desk) =>
      card(desk.job, [["no record tells of", `${desk.untold} more in the queue`, true]]));
    return cards([...shown, ...untold], "No dead letters.");
  },
  async runs() {
    const runs = await ask("runs");
    return cards(runs.map((run) => card(run.job, [
      ["id", run.job_id], ["status", run.status, run.status === "dead"], ["changed", ago(run.changed)],
      ["why", [run.code, run.reason].filter(Boolean).join(" ")],
    ])), "Nothing is on record yet.");
  },
  async fires() {
    const fires = await ask("fires");
    return cards(fires.map((one) => card(`${one.job}/${one.schedule}`, [
      ["expression", one.expression], ["zone", one.timezone], ["note", one.note],
      ["next", one.next.map((moment) => moment.slice(0, 16).replace("T", " ")).join(", ")],
    ])), "There are no schedules.");
  },
  async log() {
    const log = await ask("log");
    return cards(log.map((one) => card(`${one.job} · ${one.plan}`, [
      ["action", one.action], ["state", one.state], ["letters", one.counts],
      ["by", one.by], ["began", ago(one.began)], ["why", one.why],
    ])), "Nothing was done yet.");
  },
};

async function open(name) {
  const view = views[name] ? name : "jobs";
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  at("notice").textContent = "…";
  try {
    const made = await views[view]();
    at("view").replaceChildren(made);
    at("view").dataset.shown = view;
    at("notice").textContent = "";
  } catch (error) {
    at("notice").textContent = error.message;
  }
}

// A digit opens a view, r shows it anew, while no field is being filled in.
addEventListener("keydown", (event) => {
  if (event.target.matches("input") || at("dialog").open || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = Object.keys(views)[Number(event.key) - 1];
  if (name) location.hash = name;
  if (event.key === "r") open(location.hash.slice(1));
});
addEventListener("hashchange", () => open(location.hash.slice(1)));

try {
  const about = await ask("about");
  state.act = about.act;
  at("environment").textContent = about.act ? about.environment : `${about.environment} (read only)`;
  document.title = about.environment;
  await open(location.hash.slice(1));
} catch (error) {
  at("notice").textContent = error.message;
}
