'use strict';
// The review of gaiji: everything is in this file, nothing is sent, nothing is kept in the browser.
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const SVG = 'http://www.w3.org/2000/svg';
const NAMES = data.categories;  // [key, name, has a target]
const ANSWER = ['target', 'category', 'state', 'substitute', 'reason', 'criterion', 'comment', 'decided_by', 'decided_on', 'checked_by', 'checked_on'];
const byId = (id) => document.getElementById(id);
const answers = data.gaiji.map((gaiji) => ({ ...gaiji.answer }));
let current = 0;
const unsaved = new Set();  // gaiji whose answers have changed since they were saved or loaded

// Elements are made from texts, never from markup.
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
function picture(className, paths, label) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '-60 -60 1120 1120');  // some fonts draw beyond their em
  svg.setAttribute('class', className);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  for (const { path, kind } of paths) {
    const node = document.createElementNS(SVG, 'path');
    node.setAttribute('d', path);
    if (kind) node.setAttribute('class', kind);
    svg.append(node);
  }
  return svg;
}
const glyph = (size, path, label) =>
    path ? picture('glyph ' + size, [{ path }], label) : element('div', { class: 'glyph empty ' + size }, '字形なし');

// The box of a path without drawing it. Outlines have absolute M, L, Q, C; dots are M with relative h, v, h.
function boxOf(path) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let x = 0, y = 0;
  const take = () => { box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y); };
  for (const [, command, text] of path.matchAll(/([MLQChv])([^A-Za-z]*)/g)) {
    const numbers = (text.match(/-?\d+(?:\.\d+)?/g) || []).map(Number);
    if (command === 'h') { x += numbers[0]; take(); continue; }
    if (command === 'v') { y += numbers[0]; take(); continue; }
    for (let i = 0; i + 1 < numbers.length; i += 2) { [x, y] = [numbers[i], numbers[i + 1]]; take(); }
  }
  return box;
}
// Both shapes on each other, the source moved and scaled evenly so that their boxes agree; what differs keeps its colour.
function overlay(size, source, target, label) {
  if (!source || !target) return element('div', { class: 'glyph empty ' + size }, '重ね合わせなし');
  const svg = picture('glyph ' + size, [{ path: target, kind: 'of-target' }, { path: source, kind: 'of-source' }], label);
  const a = boxOf(source), b = boxOf(target);
  const span = (box) => Math.hypot(box[2] - box[0], box[3] - box[1]);
  const scale = span(a) > 0 ? span(b) / span(a) : 1;
  const middle = (box, at) => (box[at] + box[at + 2]) / 2;
  svg.lastChild.setAttribute('transform', `translate(${middle(b, 0)} ${middle(b, 1)}) scale(${scale}) translate(${-middle(a, 0)} ${-middle(a, 1)})`);
  return svg;
}

const categoryName = (key) => (NAMES.find((entry) => entry[0] === key) || ['', ''])[1];
const hasTarget = (key) => NAMES.some((entry) => entry[0] === key && entry[2]);
// open: no answer; judge: set aside as 案 for a decision; done.
function stateOf(answer) {
  if (!answer.category) return 'open';
  return answer.state === '案' ? 'judge' : 'done';
}
const isWarned = (gaiji) => gaiji.warnings.length > 0 || gaiji.candidates.some((candidate) => candidate.warnings.length > 0);
const stateText = (answer) => ({ open: '未決', judge: '要判断', done: categoryName(answer.category) })[stateOf(answer)];

function shown() {
  const filter = byId('filter').value;
  const search = byId('search').value.trim().toLowerCase();
  return data.gaiji.map((_, i) => i).filter((i) => {
    const answer = answers[i], gaiji = data.gaiji[i];
    if (filter === 'none' && answer.category !== 'no_match') return false;
    if (filter === 'warned' && !isWarned(gaiji)) return false;
    if (['open', 'judge', 'done'].includes(filter) && stateOf(answer) !== filter) return false;
    return !search || [gaiji.code, gaiji.codes, gaiji.reading, gaiji.note, answer.target].some((text) => (text || '').toLowerCase().includes(search));
  });
}
// The list is made anew for another filter only: with a thousand gaiji a key must not cost a thousand pictures.
let items = new Map();
function itemOf(i) {
  const gaiji = data.gaiji[i];
  const below = [gaiji.reading, gaiji.count === null ? '' : `${gaiji.count} 件`].filter(Boolean).join('　');
  return element('li', { click: () => show(i) }, gaiji.path ? picture('', [{ path: gaiji.path }], gaiji.code) : element('span'),
                 element('span', { class: 'code' }, gaiji.code, element('span', { class: 'sub' }, below)), element('span', {}));
}
function updateItem(i) {
  const item = items.get(i);
  if (!item) return;
  item.setAttribute('aria-current', i === current);
  item.lastChild.className = 'mark ' + stateOf(answers[i]);
  item.lastChild.textContent = stateText(answers[i]);
  if (i === current) item.scrollIntoView({ block: 'nearest' });
}
function drawList() {
  items = new Map(shown().map((i) => [i, itemOf(i)]));
  byId('list').replaceChildren(...items.values());
  for (const i of items.keys()) if (i !== current) updateItem(i);
  updateItem(current);
}
function drawProgress() {
  const done = answers.filter((answer) => stateOf(answer) === 'done').length;
  const judge = answers.filter((answer) => stateOf(answer) === 'judge').length;
  byId('progress').max = Math.max(answers.length, 1);
  byId('progress').value = done;
  byId('progress-text').textContent = `${answers.length} 字のうち 決めたもの ${done}、要判断 ${judge}、未決 ${answers.length - done - judge}${unsaved.size ? '（未保存）' : ''}`;
  byId('bulk').textContent = `番号と字形の合う ${agreed().length} 字をまとめて決める`;
  byId('bulk').hidden = !agreed().length;
}
// A rate that was measured on samples is never 0 or 1.
function percent(score) {
  if (score >= 0.9995) return '99.9 % 以上';
  return score < 0.01 ? '1 % 未満' : `${(score * 100).toFixed(score >= 0.995 ? 1 : 0)} %`;
}
function say(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = !text;
}

function candidateCard(gaiji, candidate, index, answer) {
  const chosen = hasTarget(answer.category) && answer.target === candidate.name;
  const facts = [candidate.codes, candidate.readings, candidate.strokes ? `${candidate.strokes} 画` : '', ...candidate.numbers.split('　')].filter(Boolean);
  return element('li', { role: 'radio', 'aria-checked': chosen, tabindex: 0, 'data-name': candidate.name, click: () => choose(index), keydown: (event) => { if (event.key === ' ') { event.preventDefault(); choose(index); } } },
                 element('h3', {}, index < 9 ? element('kbd', {}, String(index + 1)) : '', `${candidate.text} ${candidate.name}`,
                         element('span', { class: 'score' }, candidate.score === null ? '' : `確からしさ ${percent(candidate.score)}`)),
                 element('div', { class: 'pair' }, glyph('medium', candidate.path, candidate.name), overlay('medium', gaiji.path, candidate.path, '違い')),
                 element('p', { class: 'facts' }, ...facts.map((text) => element('span', { class: text.length > 16 ? 'long' : null }, text))), element('p', {}, candidate.basis),
                 ...candidate.warnings.map((text) => element('p', { class: 'warning' }, text)));
}
function field(label, name, wide, list) {
  const input = element('input', { id: 'field-' + name, value: answers[current][name] || '', list, autocomplete: 'off', input: (event) => change({ [name]: event.target.value }, false) });
  return element('label', { class: wide ? 'wide' : '' }, label, input);
}
function facts(gaiji) {
  const rows = [['コード', `${gaiji.code}（${gaiji.codes}）`], ['件数', gaiji.count === null ? '数えていません' : `${gaiji.count} 件`], ['読み', gaiji.reading], ['備考', gaiji.note], ['番号', gaiji.numbers], ['記録', gaiji.recorded]];
  return element('dl', {}, ...rows.filter((row) => row[1]).flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]));
}
function draw() {
  const focused = document.activeElement && document.activeElement.dataset.name;
  drawWork();
  if (focused) [...document.querySelectorAll('.candidates li')].filter((item) => item.dataset.name === focused).forEach((item) => item.focus());
}
function drawWork() {
  const gaiji = data.gaiji[current], answer = answers[current];
  if (!gaiji) { byId('work').replaceChildren(element('p', {}, '外字がありません。')); return; }
  const chosen = gaiji.candidates.find((candidate) => candidate.name === answer.target) || gaiji.candidates[0];
  const choice = (key, name, pressed, action) => element('button', { type: 'button', 'aria-pressed': pressed, click: action }, element('kbd', {}, key), ' ' + name);
  const category = element('select', { id: 'field-category', change: (event) => setCategory(event.target.value) },
                           ...[['', '（未決）'], ...NAMES].map(([key, name]) => element('option', { value: key, selected: key === answer.category }, name)));
  byId('work').replaceChildren(
      element('h2', {}, gaiji.code),
      element('div', { class: 'top' },
              element('figure', {}, glyph('large', gaiji.path, '外字の字形'), element('figcaption', {}, '外字')),
              element('figure', {}, chosen ? overlay('large', gaiji.path, chosen.path, '違い') : glyph('large', '', ''),
                      element('figcaption', {}, element('span', { class: 'key-source' }, '■ 外字だけ'), '　', element('span', { class: 'key-target' }, `■ ${chosen ? chosen.name : '候補'}だけ`), '　■ 両方')),
              element('div', {}, facts(gaiji), ...gaiji.warnings.map((text) => element('p', { class: 'warning' }, text)),
                      element('div', { class: 'choices' },
                              choice('0', '該当なし', answer.category === 'no_match', () => setCategory('no_match')),
                              choice('S', '類似・要判断', stateOf(answer) === 'judge', setAside),
                              choice('D', 'デザイン差', answer.category === 'design_difference', () => setCategory('design_difference')),
                              choice('X', '文字でない', answer.category === 'not_character', () => setCategory('not_character')),
                              choice('U', '未使用', answer.category === 'unused', () => setCategory('unused')),
                              choice('C', '取り消す', false, clear), choice('Enter', '次の未決へ', false, nextOpen)),
                      data.unsearched && answer.category === 'no_match' ? element('p', { class: 'warning' }, `${data.unsearched}。この「該当なし」は暫定です。`) : '')),
      element('ol', { class: 'candidates', role: 'radiogroup', 'aria-label': '候補' }, ...gaiji.candidates.map((candidate, index) => candidateCard(gaiji, candidate, index, answer))),
      gaiji.candidates.length ? '' : element('p', { class: 'warning' }, '候補がありません。'),
      element('div', { class: 'form' },
              element('label', {}, '区分', category), field('同定先（文字図形名）', 'target', false), field('基準', 'criterion', false, 'criteria'),
              ...(answer.category && !hasTarget(answer.category) ? [field('代替文字', 'substitute', false), field('代替の理由', 'reason', false)] : []),
              field('コメント', 'comment', true)),
      element('datalist', { id: 'criteria' }, ...data.criteria.map(([number, title]) => element('option', { value: number }, title))));
}
function redraw() { draw(); drawList(); drawProgress(); }
function show(index) {
  const before = current;
  current = index;
  updateItem(before);
  updateItem(index);
  draw();
}

function change(values, all = true) {
  const answer = answers[current];
  Object.assign(answer, values);
  // A changed answer is no longer what was signed.
  if ('target' in values || 'category' in values || 'substitute' in values) {
    Object.assign(answer, { decided_by: '', decided_on: '', checked_by: '', checked_on: '' });
    if (answer.state !== '案') answer.state = '';
  }
  unsaved.add(current);
  if ('target' in values && !answer.category && answer.target) say('区分も選んでください。');
  if (all) draw();
  updateItem(current);
  drawProgress();
}
function choose(index) {
  const candidate = data.gaiji[current].candidates[index];
  if (candidate) change({ target: candidate.name, category: 'identical', state: '', substitute: '', reason: '' });
}
function setCategory(category) {
  const answer = answers[current];
  if (!category) return clear();
  const best = data.gaiji[current].candidates[0];
  if (hasTarget(category) && !answer.target && !best) return say('同定先を先に選んでください。');
  say('');
  return change(hasTarget(category) ? { category, state: '', target: answer.target || best.name, substitute: '', reason: '' } : { category, state: '', target: '' });
}
function setAside() {
  const best = data.gaiji[current].candidates[0];
  const target = answers[current].target || (best ? best.name : '');
  if (!target) return say('候補がないので、同定先を書くか該当なしを選んでください。');
  return change({ category: 'similar', target, state: '案' });
}
function clear() { change({ target: '', category: '', state: '', substitute: '', reason: '' }); }
function step(by) {
  const list = [...items.keys()], at = list.indexOf(current);
  const next = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next !== undefined) show(next);
}
// The next one of the list as it is filtered.
function nextOpen() {
  const list = [...items.keys()], at = list.indexOf(current);
  for (let i = 1; i <= list.length; ++i) {
    const next = list[(at + i) % list.length];
    if (stateOf(answers[next]) === 'open') return show(next);
  }
  return say(list.length < answers.length ? 'この一覧に未決の外字はありません。' : '未決の外字はありません。');
}
// Open ones whose number and shape lead to the same character without a doubt: confirmed by one signed act.
const agreed = () => data.gaiji.map((_, i) => i).filter((i) => data.gaiji[i].agreed && stateOf(answers[i]) === 'open');
function confirmAgreed() {
  const list = agreed(), person = byId('person').value.trim();
  if (!person) { byId('person').focus(); return say('決定者の名前を先に書いてください。'); }
  if (!window.confirm(`番号と字形の合う未決の外字 ${list.length} 字を、${person} の決定として「${categoryName('identical')}」にします。よろしいですか。`)) return say('');
  for (const i of list) {
    Object.assign(answers[i], { target: data.gaiji[i].agreed, category: 'identical', state: '', substitute: '', reason: '', decided_by: person, decided_on: today(), checked_by: '', checked_on: '' });
    unsaved.add(i);
  }
  say(`${list.length} 字を決めました。`);
  return redraw();
}

// RFC 4180; a spreadsheet gets a BOM.
const quoted = (text) => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
function csv() {
  const person = byId('person').value.trim();
  const rows = data.gaiji.map((gaiji, i) => {
    const answer = answers[i];
    const cells = { ...gaiji.cells, ...answer, text: (data.texts[answer.target] || ''), category: categoryName(answer.category) };
    if (stateOf(answer) === 'done' && !answer.decided_by && person) Object.assign(cells, { decided_by: person, decided_on: today() });
    return data.columns.map(([key]) => cells[key] || '');
  });
  return '\uFEFF' + [data.columns.map((column) => column[1]), ...rows].map((row) => row.map(quoted).join(',') + '\r\n').join('');
}
function today() {
  const now = new Date(Date.now() + 9 * 3600 * 1000);  // Japan
  return now.toISOString().slice(0, 10);
}
function save() {
  const link = element('a', { href: URL.createObjectURL(new Blob([csv()], { type: 'text/csv' })), download: data.file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  unsaved.clear();
  drawProgress();
}
function parse(text) {
  const rows = [[]];
  let at = text.charCodeAt(0) === 0xFEFF ? 1 : 0, cell = '', inside = false;
  for (; at < text.length; ++at) {
    const c = text[at];
    if (inside) {
      if (c !== '"') cell += c;
      else if (text[at + 1] === '"') { cell += c; ++at; }
      else inside = false;
    } else if (c === '"' && cell === '') inside = true;
    else if (c === ',') { rows.at(-1).push(cell); cell = ''; }
    else if (c === '\n') { rows.at(-1).push(cell); cell = ''; rows.push([]); }
    else if (c !== '\r') cell += c;
  }
  rows.at(-1).push(cell);
  return rows.filter((row) => row.some((text) => text !== ''));
}
const damaged = (text) => text.includes('\uFFFD') || text.includes('?');
// Takes the answers of a saved file over: all of it, or nothing with a reason.
function take(text) {
  const rows = parse(text);
  const headings = (rows.shift() || []).map((heading) => (data.columns.find(([key, name]) => heading === key || heading === name) || [''])[0]);
  if (!headings.includes('code')) return say('このページで保存したCSVではありません（外字コードの列がありません）。');
  const loaded = [];
  let others = 0;
  for (const row of rows) {
    const cells = Object.fromEntries(headings.map((key, i) => [key, row[i] || '']).filter(([key]) => key));
    const wrongName = cells.target && cells.text && data.texts[cells.target] && data.texts[cells.target] !== cells.text;
    if (damaged(cells.text || '') || damaged(cells.decided_by || '') || wrongName)
      return say(`${cells.code}: 文字が失われています。Excel が Shift_JIS で保存した可能性があります。何も読み込みませんでした。`);
    const category = NAMES.find((entry) => entry[0] === cells.category || entry[1] === cells.category);
    if (cells.category && !category) return say(`${cells.code}: 区分「${cells.category}」はありません。何も読み込みませんでした。`);
    const index = data.gaiji.findIndex((gaiji) => gaiji.code === cells.code && (!cells.system || gaiji.cells.system === cells.system));
    if (index < 0) { ++others; continue; }
    loaded.push([index, { ...Object.fromEntries(ANSWER.map((key) => [key, cells[key] || ''])), category: category ? category[0] : '' }]);
  }
  const same = (a, b) => ['target', 'category', 'substitute'].every((key) => (a[key] || '') === (b[key] || ''));
  const replaced = loaded.filter(([index, answer]) => answers[index].category && !same(answers[index], answer));
  for (const [index, answer] of loaded) { Object.assign(answers[index], answer); unsaved.delete(index); }
  say(`${loaded.length} 字の答えを読み込みました。${others ? `このページにない外字 ${others} 字は読み込んでいません。` : ''}` +
      (replaced.length ? `答えが変わった外字 ${replaced.length} 字: ${replaced.slice(0, 10).map(([index]) => data.gaiji[index].code).join('、')}${replaced.length > 10 ? ' ほか' : ''}。` : ''));
  return redraw();
}

// Every gaiji as a table, made when it is printed.
function drawPaper() {
  const head = [['code', 'コード'], ['picture', '外字'], ['picture', '同定先'], ['picture', '重ね'], ['name', '文字図形名'], ['category', '区分'], ['reading', '読み'], ['count', '件数'], ['criterion', '基準'], ['comment', 'コメント'], ['person', '決定者']];
  byId('paper').replaceChildren(element('p', {}, data.basis),
      element('table', {}, element('colgroup', {}, ...head.map(([name]) => element('col', { class: name }))),
              element('thead', {}, element('tr', {}, ...head.map(([, text]) => element('th', { scope: 'col' }, text)))),
              element('tbody', {}, ...shown().map(paperRow))));
}
const cell = (text) => element('td', {}, text || '');
const drawn = (path) => element('td', { class: 'picture' }, path ? picture('', [{ path }], '') : '―');
// An open one with its candidates, so that people can talk it over on paper.
function paperRow(i) {
  const gaiji = data.gaiji[i], answer = answers[i], person = byId('person').value.trim();
  const target = gaiji.candidates.find((candidate) => candidate.name === answer.target);
  const both = gaiji.path && target && target.path;
  const isOpen = stateOf(answer) === 'open';
  const nearest = element('td', { class: 'nearest', colspan: 3 }, ...gaiji.candidates.slice(0, 4).map((candidate, index) => element('figure', {}, candidate.path ? picture('', [{ path: candidate.path }], '') : '―', element('figcaption', {}, `${index + 1} ${candidate.name}`))));
  const answered = [drawn(target && target.path), element('td', { class: 'picture' }, both ? overlay('', gaiji.path, target.path, '') : '―'), cell([answer.target, data.texts[answer.target]].filter(Boolean).join(' '))];
  return element('tr', {}, cell(gaiji.code), drawn(gaiji.path), ...(isOpen ? [nearest] : answered), cell(stateText(answer)), cell(gaiji.reading),
                 element('td', { class: 'number' }, gaiji.count === null ? '' : String(gaiji.count)), cell(answer.criterion),
                 cell([answer.comment, ...gaiji.warnings].filter(Boolean).join('。')), cell(answer.decided_by || (stateOf(answer) === 'done' ? person : '')));
}

const KEYS = { 0: () => setCategory('no_match'), s: setAside, d: () => setCategory('design_difference'), x: () => setCategory('not_character'), u: () => setCategory('unused'), c: clear, Enter: nextOpen, ArrowDown: () => step(1), ArrowUp: () => step(-1), j: () => step(1), k: () => step(-1) };
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !data.gaiji.length) return;
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(event.target.tagName)) return;
  if (['BUTTON', 'SUMMARY'].includes(event.target.tagName) && ['Enter', ' '].includes(event.key)) return;
  const action = /^[1-9]$/.test(event.key) ? () => choose(Number(event.key) - 1) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
byId('filter').addEventListener('change', () => { byId('filter').blur(); drawList(); });
byId('search').addEventListener('input', drawList);
byId('save').addEventListener('click', save);
byId('bulk').addEventListener('click', confirmAgreed);
byId('print').addEventListener('click', () => window.print());
byId('load').addEventListener('click', () => {
  if (!unsaved.size || window.confirm('保存していない答えがあります。読み込むファイルにある外字の答えは置き換わります。続けますか。')) byId('file').click();
});
byId('file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  event.target.value = '';
  if (file) take(await file.text());
});
window.addEventListener('beforeprint', drawPaper);
window.addEventListener('beforeunload', (event) => { if (unsaved.size) { event.preventDefault(); event.returnValue = ''; } });
byId('basis').textContent = data.basis;
byId('unsearched').textContent = data.unsearched;
byId('unsearched').hidden = !data.unsearched;
redraw();
})();
