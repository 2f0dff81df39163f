// How the network did on the test images, one class against the other, and what it got wrong.

function examination(run) {
  const e = run.examination;
  if (!e) return null;
  const c = e.calibration;
  const note = `On ${e.images} test images: accuracy ${percent(e.testAccuracy)}, balanced accuracy ${percent(e.balancedAccuracy)}, macro F1 ${percent(e.macroF1)}.`;
  return [
    card('Class by class', note, html('div', {class: 'grid2'}, classTable(e), confusion(e))),
    card('How far its confidence can be trusted',
        `Expected calibration error ${percent(c.expectedCalibrationError)}: the distance of the points from the diagonal, weighted by their images, over ${c.bins.length} bins of equal width. It is ${percent(c.meanConfidence)} sure on average.`,
        reliability(c)),
    card('Surest mistakes', e.mistakes.length ? 'The images that the network is surest of, and wrong.' : 'There are none.',
        html('div', {class: 'mistakes'}, e.mistakes.map(mistake))),
  ];
}

function classTable(e) {
  const head = ['class', 'images', 'precision', 'recall', 'F1'].map((t, i) => html('th', {class: i ? 'n' : ''}, t));
  const rows = e.perClass.map(p => html('tr', {}, html('td', {}, p.name), html('td', {class: 'n'}, String(p.images)),
      [p.precision, p.recall, p.f1].map(value => html('td', {class: 'n'}, percent(value, 1)))));
  return html('div', {class: 'scroll'}, html('table', {}, html('thead', {}, html('tr', {}, head)), html('tbody', {}, rows)));
}

/** Rows are true classes, columns predicted ones; a cell is as dark as its share of the row. */
function confusion(e) {
  const classes = e.classes;
  const sums = e.confusion.map(row => row.reduce((sum, n) => sum + n, 0));
  const holder = html('div', {class: 'edge'});
  return responsive(holder, width => {
    const left = Math.min(110, 12 + 6 * Math.max(...classes.map(name => name.length)));
    const side = (width - left - 1) / classes.length;
    const field = side * classes.length;
    const picture = svg('svg', {width, height: field + 20, viewBox: `0 0 ${width} ${field + 20}`, role: 'img', 'aria-label': 'confusion matrix'});
    classes.forEach((name, row) => {
      if (side >= 9) picture.append(svg('text', {x: left - 6, y: side * (row + 0.5) + 4, 'text-anchor': 'end'}, name.length > 16 ? `${name.slice(0, 15)}…` : name));
      e.confusion[row].forEach((n, column) => {
        if (n > 0) picture.append(svg('rect', {class: 'cell', x: left + side * column, y: side * row, width: side, height: side, 'fill-opacity': (n / sums[row]).toFixed(3)}));
        if (n > 0 && side >= 24) picture.append(svg('text', {x: left + side * (column + 0.5), y: side * (row + 0.5) + 4, 'text-anchor': 'middle', class: row === column ? 'chosen' : ''}, String(n)));
      });
    });
    picture.append(svg('rect', {class: 'field', x: left, y: 0, width: field, height: field}),
        svg('text', {x: left, y: field + 14}, 'rows: true class; columns: what it was taken for, in the same order'));
    picture.addEventListener('pointermove', event => {
      const frame = picture.getBoundingClientRect();
      const column = Math.floor((event.clientX - frame.left - left) / side);
      const row = Math.floor((event.clientY - frame.top) / side);
      if (row < 0 || row >= classes.length || column < 0 || column >= classes.length) return tooltip.hide();
      tooltip.show(event, `${e.confusion[row][column]} of ${sums[row]} images of ${classes[row]}\ntaken for ${classes[column]}`);
    });
    picture.addEventListener('pointerleave', tooltip.hide);
    return picture;
  });
}

function reliability(c) {
  const bins = c.bins.filter(bin => bin.images > 0);
  return chart({title: 'Reliability', unit: 'share correct in %', xLabel: 'mean confidence of a bin (%)', xFormat: v => `${v.toFixed(1)} % sure`, format: v => `${v.toFixed(1)} %`, dotsOnly: true, series: [
    {name: 'as sure as right', color: 'var(--faint)', points: [[0, 0], [100, 100]], line: true, dots: true},
    {name: 'the network', color: color(0), points: bins.map(bin => [100 * bin.confidence, 100 * bin.accuracy, `${bin.images} images`]), dots: true, line: true}]});
}

function mistake(m) {
  const picture = html('img', {src: `data:image/png;base64,${m.picture}`, alt: `image ${m.image}`});
  return html('figure', {}, picture, html('figcaption', {}, html('b', {}, m.class), html('br', {}), `taken for ${m.predicted}`, html('br', {}), `${percent(m.confidence, 1)} sure, image ${m.image}`));
}
