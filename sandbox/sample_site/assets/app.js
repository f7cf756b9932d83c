'use strict';

const TIMES = 10;
const button = document.getElementById('again');
const status = document.getElementById('status');
const table = document.getElementById('services');

// One question; what does not answer as a service does is told by its status.
async function ask(path) {
    try {
        const response = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
        const edge = response.headers.get('x-cache') || '';
        if (!response.ok) {
            return { color: `error ${response.status}`, release: '', edge };
        }
        const told = await response.json();
        return { color: told.color, release: told.release, edge };
    } catch (error) {
        return { color: 'no answer', release: '', edge: '' };
    }
}

function counted(words) {
    const counts = new Map();
    words.forEach((word) => counts.set(word, (counts.get(word) || 0) + 1));
    return [...counts].sort();
}

function cell(...children) {
    const made = document.createElement('td');
    made.append(...children);
    return made;
}

function badge([color, times]) {
    const made = document.createElement('span');
    made.className = `color ${color}`;
    made.textContent = `${color} ${times}`;
    return made;
}

function row(service, path, answers) {
    const made = document.createElement('tr');
    const name = document.createElement('th');
    const link = document.createElement('a');
    name.scope = 'row';
    link.href = path;
    link.textContent = service;
    name.append(link);
    const releases = counted(answers.map((answer) => answer.release.replace(/^sha256:/, '').slice(0, 12)).filter(Boolean));
    const edges = counted(answers.map((answer) => answer.edge).filter(Boolean));
    made.append(
        name,
        cell(...counted(answers.map((answer) => answer.color)).map(badge)),
        cell(releases.map(([release]) => release).join(', ')),
        cell(edges.map(([word, times]) => `${word}: ${times}`).join(', ')),
    );
    made.dataset.service = service;
    return made;
}

async function askAll() {
    button.disabled = true;
    status.textContent = 'Asking …';
    try {
        const services = await (await fetch('/services.json')).json();
        const rows = await Promise.all(services.map(async ({ service, path }) => {
            const answers = await Promise.all(Array.from({ length: TIMES }, () => ask(path)));
            return row(service, path, answers);
        }));
        table.replaceChildren(...rows);
        status.textContent = `Asked at ${new Date().toLocaleTimeString()}.`;
    } catch (error) {
        status.textContent = 'The list of services cannot be read.';
    }
    button.disabled = false;
}

button.addEventListener('click', askAll);
askAll();
