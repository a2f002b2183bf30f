// Lists projects and runs through the engine's REST interface; asks again every two seconds while the page is visible.
const token = location.hash.slice(1);
const status = document.getElementById('status');

async function ask(path) {
  const response = await fetch(`/api${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(response.status === 401 ? 'This address has no valid token. Open the one that "npm start" printed.' : `The engine answered ${response.status}.`);
  return response.json();
}

function fill(id, rows, empty) {
  const body = document.getElementById(id);
  body.replaceChildren(...(rows.length > 0 ? rows : [[empty]]).map((cells) => {
    const row = document.createElement('tr');
    row.append(...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })));
    if (cells.length === 1) row.firstChild.colSpan = 5;
    return row;
  }));
}

const time = (ms) => (ms ? new Date(ms).toLocaleString() : '');

async function refresh() {
  try {
    const [runs, projects] = await Promise.all([ask('/runs'), ask('/projects')]);
    fill('runs', runs.map((run) => [run.projectName, run.isInterrupted ? 'interrupted' : run.state, run.stage, `${Math.round(run.progress * 100)} %`, time(run.startedMs)]), 'No runs yet.');
    fill('projects', projects.map((project) => [project.name, project.id, time(project.updatedMs)]), 'No projects yet.');
    status.textContent = `${projects.length} projects, ${runs.length} runs.`;
  } catch (error) {
    status.textContent = error.message;
  }
}

await refresh();
setInterval(() => document.hidden || refresh(), 2000);
