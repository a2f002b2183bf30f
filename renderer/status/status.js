// Lists projects and runs through the engine's REST interface; asks again every two seconds while the page is visible.
const token = location.hash.slice(1);
const status = document.getElementById('status');
const shown = new Map();

async function ask(path) {
  const response = await fetch(`/api${path}`, { headers: { authorization: `Bearer ${token}` } }).catch(() => {
    throw new Error('The engine does not answer. This page goes on by itself when it does; if the program has ended, start it again.');
  });
  if (!response.ok) throw new Error(response.status === 401 ? 'This address has no valid token. Open the one that "npm start" printed.' : `The engine answered ${response.status}.`);
  return response.json();
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Untouched while nothing changes, so that selections and reading positions stay. */
function fill(id, items, toCells, empty, columns) {
  const text = JSON.stringify(items);
  if (shown.get(id) === text) return;
  shown.set(id, text);
  const rows = items.map((item) => element('tr', {}, ...toCells(item)));
  document.getElementById(id).replaceChildren(...(rows.length > 0 ? rows : [element('tr', {}, element('td', { className: 'empty', colSpan: columns }, empty))]));
}

const title = (name) => element('th', { scope: 'row' }, element('bdi', {}, name.trim() || '(no name)'));
const timeCell = (ms) => element('td', { className: 'time' }, ms ? element('time', { dateTime: new Date(ms).toISOString() }, new Date(ms).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })) : '–');
const words = (stage) => stage.toLowerCase().replaceAll('_', ' ');

function runCells(run) {
  const state = run.isInterrupted ? 'interrupted' : run.state;
  const percent = Math.round(run.progress * 100);
  const name = title(run.projectName);
  if (run.error) name.append(element('span', { className: 'note' }, run.error.message));
  return [
    name,
    element('td', {}, element('span', { className: state }, state), ...(state === 'running' ? [element('span', { className: 'note' }, words(run.stage))] : [])),
    element('td', {}, element('progress', { value: percent, max: 100, ariaLabel: `Progress of ${run.projectName}` }), `${percent} %`),
    timeCell(run.startedMs),
  ];
}

const projectCells = (project) => [title(project.name), element('td', { className: 'id' }, project.id), timeCell(project.updatedMs)];
const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function say(text, isBad) {
  status.classList.toggle('bad', isBad);
  if (status.textContent !== text) status.textContent = text; // what is unchanged is not read out again
}

async function refresh() {
  try {
    const [runs, projects] = await Promise.all([ask('/runs'), ask('/projects')]);
    fill('runs', runs, runCells, 'No runs yet.', 4);
    fill('projects', projects, projectCells, 'No projects yet.', 3);
    say(`${count(projects.length, 'project')}, ${count(runs.length, 'run')}.`, false);
  } catch (error) {
    say(error.message, true);
  }
}

await refresh();
setInterval(() => document.hidden || refresh(), 2000);
