// Three nodes of a rehearsal on this machine, each its own process, and officers who use them without a browser.
//
// What a browser does better is done in one (journey.test.mjs); here is what stands behind it: folders, ports, the
// other side's officers.

import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = process.env.HOMEWARD_BIN;
const AGREEMENT = '5e1d0c7a94b2463f8a60d3f1b7c29e84';
const NAMES = {
  aronia: ['Аронія', 'Арония', 'Aronia'],
  belmar: ['Бельмар', 'Бельмар', 'Belmar'],
  calder: ['Кальдер', 'Кальдер', 'Calder'],
};
export const ROLES = [
  'registrar', 'physician', 'negotiator', 'approver', 'escort', 'family-liaison', 'press-officer', 'auditor',
  'administrator',
];
const NEUTRAL_ROLES = ['administrator', 'negotiator', 'approver', 'auditor'];
const PURPOSE = {
  registrar: 'registration', physician: 'medical', escort: 'crossing', 'family-liaison': 'family',
  'press-officer': 'family', auditor: 'oversight',
};
const PATIENCE_MS = 30_000;

/** Prepares and starts the parties and the neutral; `start` is where their clocks stand, in ms since 1970. */
export async function startNodes(folder, start) {
  const labels = Object.keys(NAMES);
  const ports = await freePorts(9);
  const placed = labels.map((label, nth) => ({ label, folder: join(folder, label), ports: ports.slice(3 * nth, 3 * nth + 3) }));
  for (const place of placed) {
    mkdirSync(place.folder, { recursive: true });
    writeFileSync(join(place.folder, 'node.toml'), configuration(place, placed, start));
    execFileSync(PROGRAM, ['init', '--config', join(place.folder, 'node.toml')]);
  }
  const nodes = await Promise.all(placed.map(startNode));
  return Object.fromEntries(nodes.map((node) => [node.label, node]));
}

function configuration(place, all, start) {
  const [uk, ru, en] = NAMES[place.label];
  const [desk, open, link] = place.ports;
  let text = `party = "${place.label}"\nname = { uk = "${uk}", ru = "${ru}", en = "${en}" }\ndata = "."\n`
    + `agreement = "${AGREEMENT}"\nparties = ["aronia", "belmar"]\nneutrals = ["calder"]\n`
    + `desk = "127.0.0.1:${desk}"\npublic = "127.0.0.1:${open}"\nlink = "127.0.0.1:${link}"\n\n`
    + `[rehearsal]\nseed = 7\nstart = ${start}\n`;
  for (const peer of all.filter((other) => other !== place)) {
    text += `\n[[peer]]\nparty = "${peer.label}"\nlink = "127.0.0.1:${peer.ports[2]}"\ncard = "../${peer.label}/card.toml"\n`;
  }
  for (const role of place.label === 'calder' ? NEUTRAL_ROLES : ROLES) {
    text += `\n[[officer]]\nid = "${role}-1"\nname = "${role} of ${place.label}"\nroles = ["${role}"]\nlanguage = "en"\n`;
  }
  return text;
}

async function startNode(place) {
  const log = openSync(join(place.folder, 'node.log'), 'a');
  const child = spawn(PROGRAM, ['serve', '--config', join(place.folder, 'node.toml')], { stdio: ['ignore', 'pipe', log] });
  let link;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, , address] = line.split(' ');
    if (word === 'sign-in') link = address;
    if (word === 'ready') break;
  }
  if (!link) throw new Error(`${place.label} ended before it was ready: ${join(place.folder, 'node.log')}`);
  child.stdout.resume();
  const [desk, open] = place.ports;
  return {
    label: place.label,
    folder: place.folder,
    desk: `http://localhost:${desk}`,
    public: `http://localhost:${open}`,
    link,
    stop: () => child.kill('SIGKILL'),
  };
}

function freePorts(count) {
  return Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      setTimeout(() => server.close(() => resolve(port)), 50);
    });
  })));
}

/** An officer who sends forms and reads views. */
export class Officer {
  constructor(node, label) {
    this.node = node;
    this.label = `${node.label}/${label}`;
  }

  static async signIn(node, label, link) {
    const officer = new Officer(node, label);
    const answer = await officer.ask('POST', new URL(link).pathname, '');
    if (answer.status !== 303) throw new Error(`${officer.label}: sign-in answered ${answer.status}`);
    officer.cookie = answer.headers['set-cookie'][0].split(';')[0];
    return officer;
  }

  async get(path) {
    const answer = await this.ask('GET', path);
    if (answer.status !== 200) throw new Error(`${this.label}: GET ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }

  /** Sends a form that must be taken; fields are pairs, since a name may come more than once. */
  async post(path, fields = []) {
    const answer = await this.ask('POST', path, new URLSearchParams(fields).toString());
    if (answer.status >= 400) throw new Error(`${this.label}: POST ${path}: ${answer.status} ${answer.body}`);
    return answer;
  }

  async upload(path, fields, csv) {
    const edge = '----no-list-has-this-line';
    const part = (name, more, value) => `--${edge}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const body = fields.map(([name, value]) => part(name, '', value)).join('')
      + part('file', '; filename="list.csv"\r\nContent-Type: text/csv', csv) + `--${edge}--\r\n`;
    const answer = await this.ask('POST', path, body, `multipart/form-data; boundary=${edge}`);
    if (answer.status !== 200) throw new Error(`${this.label}: POST ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }

  ask(method, path, body, kind = 'application/x-www-form-urlencoded') {
    const headers = { accept: 'application/json', 'accept-language': 'en', 'sec-fetch-site': 'same-origin' };
    if (this.cookie) headers.cookie = this.cookie;
    if (body !== undefined) Object.assign(headers, { 'content-type': kind, 'content-length': Buffer.byteLength(body) });
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.node.desk.replace('localhost', '127.0.0.1'));
      const request = http.request(url, { method, headers }, (answer) => {
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces).toString() }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

/** All officers of a node but those in `except`, signed in by links that the administrator makes. */
export async function signInAll(node, administrator, except = []) {
  const officers = { administrator };
  const roles = node.label === 'calder' ? NEUTRAL_ROLES : ROLES;
  for (const role of roles.filter((one) => one !== 'administrator' && !except.includes(one))) {
    const officer = await Officer.signIn(node, role, await newLink(administrator, role));
    await officer.post('/purpose', [['purpose', PURPOSE[role] ?? 'roll'], ['back', '/']]);
    officers[role] = officer;
  }
  return officers;
}

/** A one-time link for the officer with a role. */
export async function newLink(administrator, role) {
  return JSON.parse((await administrator.post(`/officers/${role}-1/link`)).body).new_link;
}

/** An act of two officers. */
export async function twoOfficers(officers, path, fields, kind) {
  await officers.negotiator.post(path, fields);
  const { drafts } = await officers.approver.get('/drafts');
  const draft = drafts.find((one) => one.kind === kind);
  if (!draft) throw new Error(`${officers.approver.label}: no open draft ${kind}`);
  await officers.approver.post(`/drafts/${draft.id}/approve`);
}

/** Looks again and again until `look` gives something. */
export async function until(what, look) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${PATIENCE_MS} ms for ${what}`);
}
