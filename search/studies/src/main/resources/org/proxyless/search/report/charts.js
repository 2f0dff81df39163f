'use strict';
// Drawing: elements, axes, line and point charts with values under the pointer.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an HTML element; children are elements or text, never markup. */
function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

function color(index) {
  return `var(--c${index % 12 + 1})`;
}

const tooltip = {
  show(event, text) {
    const box = document.getElementById('tooltip');
    box.textContent = text;
    box.hidden = false;
    const left = Math.min(event.pageX + 14, window.scrollX + document.documentElement.clientWidth - box.offsetWidth - 8);
    box.style.left = `${Math.max(window.scrollX + 4, left)}px`;
    box.style.top = `${Math.max(window.scrollY + 4, event.pageY - box.offsetHeight - 12)}px`;
  },
  hide() {
    document.getElementById('tooltip').hidden = true;
  },
  /** Shows a text while the pointer is on an element. */
  on(element, text) {
    element.addEventListener('pointermove', event => tooltip.show(event, text));
    element.addEventListener('pointerleave', tooltip.hide);
    return element;
  },
};

/** Numbers at round places that cover a range. */
function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough);
  const all = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) all.push(i * step);
  return all;
}

/** So many decimals that neighbouring ticks differ. */
function tickText(value, all) {
  const step = all.length > 1 ? all[1] - all[0] : 1;
  let decimals = 0;
  while (decimals < 6 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals++;
  return value.toFixed(decimals);
}

/** Everything that has a width is drawn anew when the width changes. */
const redraws = [];
let drawnWidth = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== drawnWidth) {
    drawnWidth = window.innerWidth;
    tooltip.hide();
    redraws.forEach(draw => draw());
  }
});

function responsive(holder, draw) {
  const redraw = () => {
    if (holder.clientWidth > 0) holder.replaceChildren(draw(holder.clientWidth));
  };
  redraws.push(redraw);
  requestAnimationFrame(redraw);
  return holder;
}

/**
 * A chart of lines and points.
 *
 * options: title, unit, xLabel, xFormat(x), format(y), zero (y starts at 0), dotsOnly (no line to follow),
 * series: [{name, color, points: [[x, y, note]], dots, line, noisy}], bands: [{from, to, label}], rules: [{y, label}].
 */
function chart(options) {
  const series = options.series.map(s => ({...s, points: s.points.filter(p => p[0] !== null && p[1] !== null)}))
      .filter(s => s.points.length > 0);
  if (series.length === 0) return null;
  const legend = html('div', {class: 'legend'}, series.filter((s, i) => s.name && series.findIndex(t => t.name === s.name) === i).map(s =>
      html('span', {}, html('i', {class: s.dots ? 'dot' : '', style: `background:${s.color}`}), s.name)));
  const holder = html('div', {class: 'plot'});
  responsive(holder, width => draw(width, 230, series, options));
  const title = options.unit ? `${options.title} (${options.unit})` : options.title;
  return html('div', {class: 'chart'}, html('h3', {}, title), legend, holder);
}

function draw(width, height, series, options) {
  const all = series.flatMap(s => s.points);
  const rules = options.rules || [];
  const xs = all.map(p => p[0]);
  const ys = all.map(p => p[1]).concat(rules.map(r => r.y));
  let [x0, x1] = span(xs, options.dotsOnly ? 0.08 : 0);
  let [y0, y1] = span(ys, 0.06);
  if (options.zero) y0 = 0;
  const yTicks = ticks(y0, y1, 6);
  const left = 12 + Math.max(...yTicks.map(t => tickText(t, yTicks).length)) * 6.5;
  const box = {left, right: width - 10, top: 16, bottom: height - 36};
  const x = v => box.left + (v - x0) / (x1 - x0) * (box.right - box.left);
  const y = v => box.bottom - (v - y0) / (y1 - y0) * (box.bottom - box.top);
  const picture = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': options.title});
  (options.bands || []).forEach((band, i) => {
    if (i % 2 === 0) {
      picture.append(svg('rect', {class: 'band', x: x(band.from), width: Math.max(0, x(band.to) - x(band.from)), y: box.top, height: box.bottom - box.top}));
    }
    if (x(band.to) - x(band.from) > band.label.length * 6) {
      picture.append(svg('text', {class: 'bandlabel', x: x(band.from) + 4, y: box.top - 4}, band.label));
    }
  });
  for (const tick of yTicks) {
    picture.append(svg('line', {class: 'gridline', x1: box.left, x2: box.right, y1: y(tick), y2: y(tick)}),
        svg('text', {x: box.left - 6, y: y(tick) + 4, 'text-anchor': 'end'}, tickText(tick, yTicks)));
  }
  const xTicks = ticks(x0, x1, Math.max(2, Math.min(7, Math.floor(width / 80))));
  for (const tick of xTicks) {
    picture.append(svg('text', {x: x(tick), y: box.bottom + 15, 'text-anchor': 'middle'}, tickText(tick, xTicks)));
  }
  picture.append(svg('line', {class: 'axis', x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom}),
      svg('text', {x: (box.left + box.right) / 2, y: height - 5, 'text-anchor': 'middle'}, options.xLabel));
  for (const rule of rules) {
    picture.append(svg('line', {class: 'rule', x1: box.left, x2: box.right, y1: y(rule.y), y2: y(rule.y)}),
        svg('text', {class: 'rulelabel', x: box.right, y: y(rule.y) - 4, 'text-anchor': 'end'}, rule.label));
  }
  for (const s of series) picture.append(...marks(s, x, y));
  hover(picture, box, series, x, y, options);
  return picture;
}

function span(values, margin) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low === high) {
    const around = Math.abs(low) * 0.1 || 1;
    return [low - around, high + around];
  }
  const extra = (high - low) * margin;
  return [low - extra, high + extra];
}

/** A noisy line is drawn faint, with its running mean over it. */
function marks(s, x, y) {
  if (s.dots) {
    const dots = s.points.map(p => svg('circle', {cx: x(p[0]), cy: y(p[1]), r: 4.5, fill: s.color, stroke: 'var(--surface)', 'stroke-width': 1.5}));
    return s.line ? [line(s.points, s.color, 1.5, 0.5, x, y), ...dots] : dots;
  }
  if (!s.noisy) return [line(s.points, s.color, 2, 1, x, y)];
  return [line(s.points, s.color, 1, 0.22, x, y), line(smooth(s.points), s.color, 2, 1, x, y)];
}

function line(points, stroke, width, opacity, x, y) {
  const d = points.map((p, i) => `${i ? 'L' : 'M'}${x(p[0]).toFixed(1)} ${y(p[1]).toFixed(1)}`).join('');
  return svg('path', {d, fill: 'none', stroke, 'stroke-width': width, 'stroke-opacity': opacity, 'stroke-linejoin': 'round'});
}

/** Mean of the last points, as the terminal shows it. */
function smooth(points) {
  const keep = Math.max(0.5, 1 - 10 / points.length);
  let sum = 0;
  let weight = 0;
  return points.map(p => {
    sum = keep * sum + (1 - keep) * p[1];
    weight = keep * weight + (1 - keep);
    return [p[0], sum / weight];
  });
}

function hover(picture, box, series, x, y, options) {
  const cross = svg('line', {class: 'crosshair', y1: box.top, y2: box.bottom, visibility: 'hidden'});
  const ring = svg('circle', {r: 4, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.5, visibility: 'hidden'});
  const field = svg('rect', {x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, fill: 'transparent'});
  field.addEventListener('pointermove', event => {
    const frame = picture.getBoundingClientRect();
    const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
    let best = null;
    for (const s of series) {
      for (const p of s.points) {
        const apart = Math.abs(x(p[0]) - px) + (options.dotsOnly ? 1 : 0.05) * Math.abs(y(p[1]) - py);
        if (!best || apart < best.apart) best = {apart, s, p};
      }
    }
    const at = best.p[0];
    const rows = options.dotsOnly ? [[best.s, best.p]]
        : series.map(s => [s, nearest(s.points, at)]).filter(([, p]) => Math.abs(x(p[0]) - x(at)) < 4);
    for (const [mark, shown] of [[cross, !options.dotsOnly], [ring, true]]) mark.setAttribute('visibility', shown ? 'visible' : 'hidden');
    cross.setAttribute('x1', x(at));
    cross.setAttribute('x2', x(at));
    ring.setAttribute('cx', x(at));
    ring.setAttribute('cy', y(best.p[1]));
    const head = options.xFormat ? options.xFormat(at) : `${options.xLabel} ${at}`;
    tooltip.show(event, [head, ...rows.map(([s, p]) => `${s.name ? s.name + ': ' : ''}${options.format(p[1])}${p[2] ? '\n' + p[2] : ''}`)].join('\n'));
  });
  field.addEventListener('pointerleave', () => {
    tooltip.hide();
    cross.setAttribute('visibility', 'hidden');
    ring.setAttribute('visibility', 'hidden');
  });
  picture.append(cross, ring, field);
}

function nearest(points, at) {
  return points.reduce((best, p) => Math.abs(p[0] - at) < Math.abs(best[0] - at) ? p : best);
}
