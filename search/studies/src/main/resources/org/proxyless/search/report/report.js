// The page: what a run is, did and found; with several runs, how they compare.

const {runs, strategies} = JSON.parse(document.getElementById('data').textContent);
const known = value => value !== null && value !== undefined;
const ms = (value, digits = 3) => known(value) ? `${value.toFixed(digits)} ms` : '–';
const percent = (value, digits = 2) => known(value) ? `${(100 * value).toFixed(digits)} %` : '–';
const count = value => value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : `${value}`;
const off = (value, from) => `${value >= from ? '+' : '−'}${Math.abs(100 * (value / from - 1)).toFixed(1)} %`;
const figures = run => run.provenance ? run.provenance.figures || {} : {};

function card(title, note, ...content) {
  const shown = content.flat().filter(known);
  if (shown.length === 0) return null;
  return html('section', {class: 'card'}, html('h2', {}, title), note ? html('p', {class: 'note'}, note) : null, shown);
}

function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// What came out.

function heading(run) {
  const where = run.space ? `${run.space.name} on ${run.space.device}` : 'training of one network';
  const remark = run.remark ? ` · ${run.remark}` : '';
  return html('header', {}, html('h1', {}, run.name, html('span', {class: `badge ${run.state}`}, run.state)),
      html('p', {class: 'sub'}, `${where} · started ${new Date(run.start).toLocaleString()}${remark}`));
}

function tile(name, value, unit, more, tone) {
  return html('div', {class: 'tile'}, html('div', {class: 'name'}, name),
      html('div', {class: 'value'}, value, ' ', html('small', {}, unit)),
      html('div', {class: `more ${tone || ''}`}, more || ''));
}

function outcome(run) {
  const f = figures(run);
  const target = run.targetMillis;
  const tiles = [];
  if (known(target)) tiles.push(tile('target', target.toFixed(3), 'ms', run.space ? `space: ${run.space.minMillis.toFixed(2)} to ${run.space.maxMillis.toFixed(2)} ms` : ''));
  if (known(run.predictedMillis)) tiles.push(tile('predicted', run.predictedMillis.toFixed(3), 'ms', `${known(f.predictedStandardDeviationMillis) ? `± ${f.predictedStandardDeviationMillis.toFixed(3)} ms, ` : ''}${off(run.predictedMillis, target)} against the target`));
  if (known(run.measuredMillis)) {
    const [words, tone] = verdict(run, f);
    tiles.push(tile('measured', run.measuredMillis.toFixed(3), 'ms', `${off(run.measuredMillis, target)}: ${words}`, tone));
  }
  if (known(run.testAccuracy)) tiles.push(tile('accuracy', (100 * run.testAccuracy).toFixed(2), '%', 'on the test split'));
  if (known(f.parameters)) tiles.push(tile('size', count(f.parameters), 'parameters', `${count(f.macs)} multiply-accumulates`));
  if (known(f.deployed)) tiles.push(tile('memory', (f.deployed.peakMemoryBytes / 1024).toFixed(1), 'KiB', `as ${f.deployed.format}${known(f.deployed.maxMemoryBytes) ? `, at most ${(f.deployed.maxMemoryBytes / 1024).toFixed(1)} KiB` : ''}`));
  if (known(f.deployed)) tiles.push(tile('file', (f.deployed.fileBytes / 1024).toFixed(1), 'KiB', `as ${f.deployed.format}${known(f.deployed.maxFileBytes) ? `, at most ${(f.deployed.maxFileBytes / 1024).toFixed(1)} KiB` : ''}`));
  return html('div', {}, html('div', {class: 'card'}, html('div', {class: 'tiles', style: 'margin-top:0'}, tiles), gauge(run)));
}

/** What the measurement says of the target, and how good that is. */
function verdict(run, f) {
  const met = run.measuredMillis <= run.targetMillis;
  const verdict = f.verdict || (met ? 'met' : 'missed');
  if (verdict === 'drifted') return [`undecided, the machine took ${f.drift.toFixed(2)} times what its table says`, ''];
  return verdict === 'met' ? ['target met', 'good'] : ['target missed', 'bad'];
}

/** Target, prediction and measurement on the range of what the space can do. */
function gauge(run) {
  if (!run.space) return null;
  const marksAt = [['target', run.targetMillis, 'var(--ink)'], ['predicted', run.predictedMillis, color(1)], ['measured', run.measuredMillis, color(0)]].filter(m => known(m[1]));
  const low = Math.min(run.space.minMillis, ...marksAt.map(m => m[1]));
  const high = Math.max(run.space.maxMillis, ...marksAt.map(m => m[1]));
  const holder = html('div', {class: 'chart', style: 'margin-top:14px'});
  return responsive(holder, width => {
    const x = v => 8 + (v - low) / (high - low) * (width - 16);
    const picture = svg('svg', {width, height: 62, viewBox: `0 0 ${width} 62`, role: 'img', 'aria-label': 'latency on the range of the space'},
        svg('rect', {x: x(run.space.minMillis), width: x(run.space.maxMillis) - x(run.space.minMillis), y: 22, height: 8, rx: 4, fill: 'var(--grid)'}),
        svg('text', {x: x(run.space.minMillis), y: 56}, `cheapest network ${ms(run.space.minMillis, 2)}`),
        svg('text', {x: x(run.space.maxMillis), y: 56, 'text-anchor': 'end'}, `dearest ${ms(run.space.maxMillis, 2)}`));
    for (const [name, value, paint] of marksAt) {
      const mark = name === 'target'
        ? svg('g', {}, svg('line', {x1: x(value), x2: x(value), y1: 14, y2: 38, stroke: paint, 'stroke-width': 2}),
            svg('text', {x: x(value), y: 10, 'text-anchor': 'middle', class: 'rulelabel'}, 'target'))
        : svg('circle', {cx: x(value), cy: 26, r: 6, fill: paint, stroke: 'var(--surface)', 'stroke-width': 2});
      picture.append(tooltip.on(mark, `${name} ${ms(value)}`));
    }
    const legend = html('div', {class: 'legend'}, marksAt.slice(1).map(m => html('span', {}, html('i', {class: 'dot', style: `background:${m[2]}`}), m[0])));
    return html('div', {}, picture, legend);
  });
}

// The network.

function network(run) {
  if (run.layers.length === 0) return null;
  const most = Math.max(...run.layers.map(l => l.millis || 0));
  const stages = [];
  run.layers.forEach((layer, i) => {
    const size = layer.output.replace(/x\d+$/, '').replace('x', '×');
    if (stages.length === 0 || stages[stages.length - 1].size !== size) stages.push({size, blocks: []});
    stages[stages.length - 1].blocks.push(block(layer, i === run.layers.length - 1, most));
  });
  const legend = html('div', {class: 'legend'}, [['k3', '3×3'], ['k5', '5×5'], ['k7', '7×7']].map(([k, text]) =>
      html('span', {}, html('i', {class: 'swatch', style: `background:var(--${k})`}), `kernel ${text}`)),
      html('span', {}, '⌒ shortcut'), html('span', {}, '* chosen by the search'), most > 0 ? html('span', {}, 'bar: share of the dearest operator') : null);
  return card('The network', 'From the image to the classes, a row for each size of the feature maps.', legend,
      stages.map(s => html('div', {class: 'stage'}, html('div', {class: 'size'}, s.size), html('div', {class: 'blocks'}, s.blocks))));
}

function block(layer, last, most) {
  const classes = ['block', known(layer.kernel) ? `k${layer.kernel}` : '', layer.shortcut && !layer.skipped ? 'shortcut' : '', layer.skipped ? 'skipped' : '', last ? 'last' : ''];
  const name = html('span', {class: 'place'}, layer.block + (layer.chosen ? ' *' : ''));
  const shape = layer.output.replaceAll('x', '×');
  const box = html('div', {class: classes.join(' ')}, name, html('b', {}, layer.skipped ? 'skipped' : layer.label),
      html('span', {class: 'shape'}, shape), html('br', {}),
      known(layer.millis) && !layer.skipped ? html('span', {class: 'ms'}, ms(layer.millis)) : null,
      known(layer.millis) && !layer.skipped ? html('div', {class: 'share'}, html('i', {style: `width:${Math.max(0, 100 * layer.millis / most)}%`})) : null);
  return tooltip.on(box, `${layer.block}: ${layer.label}\n${layer.input.replaceAll('x', '×')} → ${shape}${layer.shortcut ? '\nwith shortcut' : ''}${known(layer.millis) ? '\n' + ms(layer.millis, 4) + ' by the table' : ''}`);
}

// How it learned.

/** Stages one after the other on one axis of steps; scores of the search lie on the search's steps. */
function timeline(run) {
  const bands = [];
  let offset = 0;
  for (const s of run.stages.filter(s => s.stage !== 'architecture' && s.stage !== 'proposal')) {
    const length = s.columns.step[s.columns.step.length - 1] + 1;
    bands.push({from: offset, to: offset + length, label: s.stage, stage: s.stage});
    offset += length;
  }
  const start = stage => (bands.find(b => b.stage === stage) || {from: 0}).from;
  const points = (stage, column, factor = 1) => {
    const s = run.stages.find(t => t.stage === stage);
    if (!s) return [];
    const from = start(stage === 'architecture' || stage === 'proposal' ? 'search' : stage);
    return s.columns.step.map((step, i) => [from + step, known(s.columns[column][i]) ? factor * s.columns[column][i] : null]);
  };
  return {bands, points};
}

function learning(run) {
  if (run.stages.length === 0) return null;
  const {bands, points} = timeline(run);
  const common = {xLabel: 'step', bands};
  // A series for each stage, so that no running mean reaches over from the stage before.
  const training = (column, factor) => bands.map(b => ({name: 'training batch', color: color(0), points: points(b.stage, column, factor), noisy: true}));
  const validation = 'validation batch (search)';
  const proposal = 'proposed networks';
  const thinned = run.stages.filter(s => s.stepsAPoint > 1).map(s => `${s.stage} ${s.stepsAPoint}`);
  const charts = [
    chart({...common, title: 'Loss', unit: 'cross-entropy, nats', format: v => v.toFixed(3), series: [
      ...training('loss'),
      {name: validation, color: color(1), points: points('architecture', 'loss'), noisy: true},
      {name: proposal, color: color(2), points: points('proposal', 'loss'), dots: true}]}),
    chart({...common, title: 'Accuracy', unit: '%', format: v => `${v.toFixed(1)} %`, series: [
      ...training('accuracy', 100),
      {name: validation, color: color(1), points: points('architecture', 'accuracy', 100), noisy: true},
      {name: proposal, color: color(2), points: points('proposal', 'accuracy', 100), dots: true}]}),
    chart({xLabel: 'step of the search', title: 'Expected latency', unit: 'ms', format: v => ms(v, 4),
      rules: known(run.targetMillis) ? [{y: run.targetMillis, label: `target ${ms(run.targetMillis)}`}] : [], series: [
      {name: 'expected, by the probabilities', color: color(0), points: plain(run, 'architecture', 'expectedMillis')},
      {name: proposal, color: color(2), points: plain(run, 'proposal', 'expectedMillis'), dots: true}]}),
    chart({xLabel: 'step of the search', title: 'Entropy of the choice', unit: 'nats, mean of the edges', format: v => v.toFixed(3), zero: true, series: [
      {name: '', color: color(3), points: plain(run, 'architecture', 'entropy')}]}),
  ].filter(known);
  const note = 'Faint: single batches; strong: their running mean. Low entropy means that the search has decided.'
      + (thinned.length ? ` A point is the mean of several steps: ${thinned.join(', ')}.` : '');
  return charts.length ? card('Learning', note, html('div', {class: 'grid2'}, charts)) : null;
}

function plain(run, stage, column) {
  const s = run.stages.find(t => t.stage === stage);
  return s ? s.columns.step.map((step, i) => [step, s.columns[column][i]]) : [];
}

function choices(run) {
  if (run.edges.length === 0 || run.edges[0].steps.length === 0) return null;
  const legend = html('div', {class: 'legend'}, html('span', {}, 'probability 0'), html('div', {class: 'ramp'}), html('span', {}, '1'),
      html('span', {}, 'bold: the operator of the network'));
  return card('How the operators were chosen', 'The probability of each candidate over the steps of the search, from left to right.', legend,
      html('div', {class: 'edges'}, run.edges.map(edge => heatMap(edge, run))));
}

function heatMap(edge, run) {
  const layer = run.layers.find(l => l.block === edge.name);
  const chosen = layer ? edge.candidates.indexOf(layer.label) : -1;
  const last = edge.probabilities[edge.probabilities.length - 1];
  const head = html('div', {class: 'head'}, html('b', {}, edge.name),
      html('span', {}, chosen >= 0 ? `${edge.candidates[chosen]}, p = ${last[chosen].toFixed(2)} at the end` : ''));
  const holder = html('div', {});
  const left = 96;
  const row = 13;
  responsive(holder, width => {
    const cell = (width - left - 1) / edge.steps.length;
    const height = row * edge.candidates.length;
    const picture = svg('svg', {width, height: height + 17, viewBox: `0 0 ${width} ${height + 17}`, role: 'img', 'aria-label': `probabilities of ${edge.name}`});
    edge.candidates.forEach((label, c) => {
      picture.append(svg('text', {x: left - 6, y: row * c + 10, 'text-anchor': 'end', class: c === chosen ? 'chosen' : ''}, label));
      edge.probabilities.forEach((p, s) => picture.append(
          svg('rect', {class: 'cell', x: left + s * cell, y: row * c, width: cell + 0.4, height: row - 1, 'fill-opacity': p[c].toFixed(3)})));
    });
    if (chosen >= 0) picture.append(svg('rect', {class: 'mark', x: left, y: row * chosen - 0.5, width: width - left - 1, height: row}));
    picture.append(svg('rect', {class: 'field', x: left, y: -0.5, width: width - left - 1, height}),
        svg('text', {x: left, y: height + 12}, `step ${edge.steps[0]}`),
        svg('text', {x: width, y: height + 12, 'text-anchor': 'end'}, `${edge.steps[edge.steps.length - 1]}`));
    picture.addEventListener('pointermove', event => {
      const frame = picture.getBoundingClientRect();
      const s = Math.floor((event.clientX - frame.left - left) / cell);
      const c = Math.floor((event.clientY - frame.top) / row);
      if (s < 0 || s >= edge.steps.length || c >= edge.candidates.length) return tooltip.hide();
      tooltip.show(event, `${edge.name}, step ${edge.steps[s]}\n${edge.candidates[c]}: p = ${edge.probabilities[s][c].toFixed(4)}`);
    });
    picture.addEventListener('pointerleave', tooltip.hide);
    return picture;
  });
  return html('div', {class: 'edge'}, head, holder);
}

// Where the time goes.

function layers(run) {
  const priced = run.layers.filter(l => known(l.millis));
  if (priced.length === 0) return null;
  const most = Math.max(run.space.callMillis, ...priced.map(l => known(l.high95Millis) ? l.high95Millis : l.millis));
  const sum = run.space.callMillis + priced.reduce((total, l) => total + l.millis, 0);
  const row = (name, label, shape, millis, low, high) => tooltip.on(html('tr', {},
      html('td', {class: 'nowrap'}, name), html('td', {class: 'nowrap'}, label), html('td', {class: 'wideonly'}, shape), html('td', {class: 'wide'}, bar(millis, low, high, most)),
      html('td', {class: 'n'}, millis.toFixed(3)), html('td', {class: 'n wideonly'}, percent(millis / sum, 1))),
      `${name}${label ? ': ' + label : ''}\n${ms(millis, 4)}, ${percent(millis / sum, 1)} of the prediction${known(low) ? `\n95 % interval ${low.toFixed(4)} to ${ms(high, 4)}` : ''}`);
  const total = (name, value, note) => known(value) ? html('tr', {class: 'total'}, html('td', {colspan: 2}, name), html('td', {class: 'wideonly'}, ''),
      html('td', {}, note || ''), html('td', {class: 'n'}, value.toFixed(3)), html('td', {class: 'wideonly'}, '')) : null;
  const head = html('tr', {}, html('th', {}, 'block'), html('th', {}, 'operator'), html('th', {class: 'wideonly'}, 'output'), html('th', {}, ''), html('th', {class: 'n'}, 'ms'), html('th', {class: 'n wideonly'}, 'share'));
  const body = priced.filter(l => !l.skipped).map(l => row(l.block, l.label, l.output.replaceAll('x', '×'), l.millis, l.low95Millis, l.high95Millis));
  const skipped = priced.filter(l => l.skipped).map(l => l.block);
  return card('Latency by layer', 'What each operator adds by the table'
      + (priced.some(l => known(l.low95Millis)) ? ', measured one by one; the thin line is its 95 % confidence interval.' : '.')
      + (skipped.length ? ` Skipped, so free: ${skipped.join(', ')}.` : ''),
      html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, head), html('tbody', {}, body, row('call', '', '', run.space.callMillis),
          total('sum, predicted', sum), total('whole, measured', run.measuredMillis, known(run.measuredMillis) ? `${off(run.measuredMillis, sum)} to the sum` : '')))));
}

function bar(millis, low, high, most) {
  const at = value => `${Math.max(0, 100 * value / most)}%`;
  return html('div', {class: 'bar'}, html('i', {style: `width:${at(millis)}`}),
      known(low) ? html('u', {style: `left:${at(low)};width:${at(high - low)}`}) : null);
}

function pareto(run) {
  if (run.pareto.length === 0) return null;
  const points = run.pareto.filter(p => known(p.accuracy)).map(p => [
    known(p.measuredMillis) ? p.measuredMillis : p.predictedMillis, 100 * p.accuracy,
    `target ${ms(p.targetMillis)}, predicted ${ms(p.predictedMillis)}, measured ${ms(p.measuredMillis)}\n${p.network}`]);
  points.sort((a, b) => a[0] - b[0]);
  const front = [];
  for (const p of points) if (front.length === 0 || p[1] > front[front.length - 1][1]) front.push(p);
  const rest = points.filter(p => !front.includes(p));
  const rows = run.pareto.map(p => html('tr', {}, html('td', {class: 'n'}, ms(p.targetMillis)), html('td', {class: 'n'}, ms(p.predictedMillis)),
      html('td', {class: 'n'}, ms(p.measuredMillis)), html('td', {class: 'n'}, percent(p.accuracy)), html('td', {class: 'wideonly'}, p.network)));
  return card('Accuracy against latency', 'A network for each target. Those on the front are beaten by none that is faster.',
      chart({title: 'Pareto front', unit: 'accuracy in %', xLabel: 'latency (ms), measured where it was', xFormat: v => ms(v), format: v => `${v.toFixed(2)} %`, dotsOnly: true, series: [
        {name: 'on the front', color: color(0), points: front, dots: true, line: true}, {name: 'dominated', color: color(1), points: rest, dots: true}]}),
      html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, html('tr', {}, ['target', 'predicted', 'measured', 'accuracy'].map(t => html('th', {class: 'n'}, t)), html('th', {class: 'wideonly'}, 'network'))), html('tbody', {}, rows))));
}

// Where it comes from.

function provenance(run) {
  const p = run.provenance;
  if (!p) return null;
  const f = figures(run);
  const facts = [['made', new Date(p.time).toLocaleString()], ['seed', p.seed], ['data, SHA-256', p.dataHash], ['latency table, SHA-256', p.tableHash],
    ...Object.entries(p.versions || {}), ['peak memory', known(f.peakMemoryMebibytes) ? `${f.peakMemoryMebibytes} MiB` : null], ['exported to', f.savedModel]];
  return card('Provenance', 'Enough to make it again.', phases(f.phaseSeconds), html('div', {class: 'columns'}, list(facts), list(flat(p.settings || {}, ''))));
}

function list(facts) {
  return html('dl', {}, facts.filter(([, value]) => known(value)).flatMap(([name, value]) => [html('dt', {}, name), html('dd', {}, String(value))]));
}

function flat(value, prefix) {
  return Object.entries(value).flatMap(([key, inner]) =>
    inner !== null && typeof inner === 'object' ? flat(inner, `${prefix}${key}.`) : [[prefix + key, inner]]);
}

function phases(seconds) {
  const all = Object.entries(seconds || {});
  if (all.length === 0) return null;
  const whole = all.reduce((sum, [, s]) => sum + s, 0);
  return html('div', {}, html('h3', {}, `${duration(whole)} in all`),
      html('div', {class: 'phases'}, all.map(([name, s], i) => tooltip.on(html('div', {style: `flex:${s} 0 0;background:${color(i)}`}), `${name}: ${duration(s)}`))),
      html('div', {class: 'legend', style: 'margin-bottom:16px'}, all.map(([name, s], i) => html('span', {}, html('i', {class: 'swatch', style: `background:${color(i)}`}), `${name} ${duration(s)}`))));
}

// Several runs.

function comparison() {
  const setting = (run, key) => {
    const all = run.provenance && run.provenance.settings || {};
    return (all.search || all)[key];
  };
  // Searches of one strategy look alike, as in the comparison above them.
  const group = run => strategies ? setting(run, 'strategy') : run.name;
  const hue = run => strategies ? strategyColor(strategies, group(run)) : color(runs.indexOf(run));
  const columns = [['run', r => r.name], ['state', r => r.state], ['strategy', r => setting(r, 'strategy')], ['seed', r => setting(r, 'seed')],
    ['target', r => ms(r.targetMillis), 'n'], ['predicted', r => ms(r.predictedMillis), 'n'], ['measured', r => ms(r.measuredMillis), 'n'],
    ['against target', r => known(r.measuredMillis) ? off(r.measuredMillis, r.targetMillis) : '–', 'n'],
    [strategies ? 'with inherited weights' : 'accuracy', r => percent(r.testAccuracy), 'n'], ['parameters', r => known(figures(r).parameters) ? count(figures(r).parameters) : '–', 'n']];
  const table = html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, html('tr', {}, columns.map(([name, , c]) => html('th', {class: c || ''}, name)))),
      html('tbody', {}, runs.map(run => html('tr', {}, columns.map(([, value, c], k) => html('td', {class: c || ''},
          k === 0 ? html('span', {class: 'legend', style: 'display:inline;margin:0'}, html('i', {class: 'dot', style: `background:${hue(run)}`})) : null, known(value(run)) ? String(value(run)) : '–')))))));
  const each = (stage, column, factor = 1) => runs.map(run => ({name: group(run), color: hue(run), noisy: column !== 'expectedMillis',
    points: plain(run, stage, column).map(([x, y]) => [x, known(y) ? factor * y : null])}));
  const results = runs.map(run => ({name: group(run), color: hue(run), dots: true, points: [[known(run.measuredMillis) ? run.measuredMillis : run.predictedMillis, known(run.testAccuracy) ? 100 * run.testAccuracy : null, run.name]]
      .filter(p => known(p[0]))}));
  const charts = [
    chart({title: 'Accuracy against latency', unit: '% on the test split', xLabel: 'latency (ms)', xFormat: v => ms(v), format: v => `${v.toFixed(2)} %`, dotsOnly: true, series: results}),
    chart({title: 'Expected latency', unit: 'ms', xLabel: 'step of the search', format: v => ms(v), series: each('architecture', 'expectedMillis')}),
    chart({title: 'Validation loss in the search', unit: 'cross-entropy, nats', xLabel: 'step of the search', format: v => v.toFixed(3), series: each('architecture', 'loss')}),
    chart({title: 'Training accuracy, fine-tuning', unit: '%', xLabel: 'step', format: v => `${v.toFixed(1)} %`, series: each('fine-tune', 'accuracy', 100)})].filter(known);
  return card('Results', null, table, html('div', {class: 'grid2', style: 'margin-top:22px'}, charts), differences());
}

/** The operators block by block, where the runs searched the same space. */
function differences() {
  const names = run => run.layers.filter(l => l.chosen).map(l => l.block);
  const blocks = names(runs[0]);
  if (blocks.length === 0 || runs.some(run => names(run).join() !== blocks.join())) return null;
  const rows = blocks.map(name => {
    const labels = runs.map(run => run.layers.find(l => l.block === name).label);
    const same = labels.every(label => label === labels[0]);
    return html('tr', {}, html('td', {}, name), labels.map(label => html('td', {class: same ? '' : 'differs'}, label)));
  });
  return html('details', {style: 'margin-top:16px', open: 'open'}, html('summary', {}, 'Operators, block by block'),
      html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, html('tr', {}, html('th', {}, 'block'), runs.map(r => html('th', {}, r.name)))), html('tbody', {}, rows))));
}

function show(index) {
  const run = runs[index];
  const detail = document.getElementById('run');
  redraws.length = shared;
  detail.replaceChildren(...[heading(run), outcome(run), network(run), choices(run), learning(run), layers(run), examination(run), pareto(run), provenance(run)].flat().filter(known));
  document.querySelectorAll('nav button').forEach((button, i) => button.setAttribute('aria-pressed', i === index));
}

const page = document.getElementById('page');
page.replaceChildren();
if (strategies) page.append(html('h1', {}, 'Comparison of strategies'), strategyResults(strategies));
if (runs.length > 1) {
  page.append(html('h1', {}, strategies ? 'Their searches' : 'Comparison of runs'), comparison());
  page.append(html('nav', {'aria-label': 'runs'}, runs.map((run, i) => {
    const button = html('button', {type: 'button'}, run.name);
    button.addEventListener('click', () => show(i));
    return button;
  })));
}
const shared = redraws.length; // the comparison's charts stay when another run is shown
page.append(html('div', {id: 'run', style: runs.length > 1 ? 'margin-top:18px' : ''}));
show(0);
