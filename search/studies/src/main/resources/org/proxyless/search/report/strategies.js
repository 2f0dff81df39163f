// How strategies compare: the accuracy of what each derived, trained from scratch.

function strategyResults(all) {
  const epochs = n => `${n} ${n === 1 ? 'epoch' : 'epochs'}`;
  const budget = known(all.timeLimitSeconds) ? `${duration(all.timeLimitSeconds)} for each search` : `${epochs(all.searchEpochs)} of search after ${all.warmupEpochs} of warm-up`;
  const note = `Equal target (${ms(all.targetMillis)}), table and budget: ${budget}. Each derived network was trained from scratch for ${epochs(all.epochs)}.`;
  const order = [...all.strategies].sort((a, b) => b.meanTestAccuracy - a.meanTestAccuracy);
  const steps = s => s.runs.reduce((sum, r) => sum + r.warmupSteps + r.searchSteps, 0) / s.runs.length;
  const columns = [['strategy', s => s.strategy], ['accuracy', s => percent(s.meanTestAccuracy), 'n'],
    ['95 % interval', s => `${percent(s.interval95[0])} to ${percent(s.interval95[1])}`, 'n'],
    ['predicted', s => ms(s.meanPredictedMillis), 'n'], ['steps', s => steps(s).toFixed(0), 'n'], ['time of a search', s => duration(s.meanSearchSeconds), 'n']];
  const points = p => `${p >= 0 ? '+' : '−'}${Math.abs(100 * p).toFixed(2)}`;
  const chance = p => known(p) ? p.toFixed(3) : '–';
  const pairs = [['difference', d => `${d.first} − ${d.second}`], ['points', d => points(d.difference), 'n'],
    ['95 % interval', d => d.interval95 ? `${points(d.interval95[0])} to ${points(d.interval95[1])}` : '–', 'n'],
    ['p, Welch', d => chance(d.welchP), 'n'], ['p, ranks', d => chance(d.rankP), 'n']];
  return card('Strategies', note, strategyIntervals(all, order), html('div', {style: 'margin-top:14px'}, rowsOf(columns, order)), html('h3', {style: 'margin-top:22px'}, 'Each against each'),
      rowsOf(pairs, all.differences));
}

/** The colour of a strategy, wherever it is shown. */
function strategyColor(all, strategy) {
  return color(all.strategies.findIndex(s => s.strategy === strategy));
}

function rowsOf(columns, things) {
  return html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, html('tr', {}, columns.map(([name, , c]) => html('th', {class: c || ''}, name)))),
      html('tbody', {}, things.map(thing => html('tr', {}, columns.map(([, value, c]) => html('td', {class: c || ''}, value(thing))))))));
}

/** A row for each strategy: a dot for each search, its mean, and the interval of the mean. */
function strategyIntervals(all, strategies) {
  const values = strategies.flatMap(s => [...s.testAccuracies, ...s.interval95]).map(v => 100 * v);
  const [low, high] = span(values, 0.04);
  const row = 30;
  const height = row * strategies.length + 34;
  const left = 12 + Math.max(...strategies.map(s => s.strategy.length)) * 7;
  return responsive(html('div', {class: 'chart'}), width => {
    const x = v => left + (100 * v - low) / (high - low) * (width - left - 14);
    const picture = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'accuracy of each strategy'});
    const marksAt = ticks(low, high, Math.max(2, Math.min(7, Math.floor(width / 90))));
    for (const tick of marksAt) {
      picture.append(svg('line', {class: 'gridline', x1: x(tick / 100), x2: x(tick / 100), y1: 0, y2: height - 32}),
          svg('text', {x: x(tick / 100), y: height - 18, 'text-anchor': 'middle'}, tickText(tick, marksAt)));
    }
    picture.append(svg('text', {x: (left + width) / 2, y: height - 3, 'text-anchor': 'middle'}, 'test accuracy from scratch (%)'));
    strategies.forEach((s, i) => {
      const y = row * i + 15;
      const hue = strategyColor(all, s.strategy);
      const [from, to] = s.interval95;
      picture.append(svg('text', {x: left - 8, y: y + 4, 'text-anchor': 'end'}, s.strategy),
          tooltip.on(svg('line', {x1: x(from), x2: x(to), y1: y, y2: y, stroke: hue, 'stroke-width': 6, 'stroke-opacity': 0.3, 'stroke-linecap': 'round'}),
              `${s.strategy}: 95 % interval ${percent(from)} to ${percent(to)}`));
      for (const run of s.runs) {
        picture.append(tooltip.on(svg('circle', {cx: x(run.testAccuracy), cy: y, r: 3.5, fill: hue, 'fill-opacity': 0.55}),
            `${run.run}: ${percent(run.testAccuracy)}, predicted ${ms(run.predictedMillis)}`));
      }
      picture.append(tooltip.on(svg('line', {x1: x(s.meanTestAccuracy), x2: x(s.meanTestAccuracy), y1: y - 8, y2: y + 8, stroke: hue, 'stroke-width': 3}),
          `${s.strategy}: mean ${percent(s.meanTestAccuracy)}`));
    });
    return picture;
  });
}
