// Charts of the data_visualization block as plain SVG: pie, bar, line and area, with a legend and the same
// figures as a table for those who cannot see them. Colours come from the style sheet.
import { html } from '../html.js';

const WIDTH = 520;
const HEIGHT = 240;
const EDGE = { left: 46, right: 12, top: 12, bottom: 44 };
const INNER = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
const NAMES = { pie: 'Pie chart', bar: 'Bar chart', line: 'Line chart', area: 'Area chart' };

const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const shown = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Round steps that cover the values, zero among them. */
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  const span = (last - first) * step;
  return { ticks, y: (value) => EDGE.top + INNER.height * (1 - (value - first * step) / span) };
}

function Pie({ segments }) {
  const total = segments.reduce((sum, segment) => sum + Math.max(0, segment.value), 0);
  const centre = HEIGHT / 2;
  const radius = centre - 10;
  let turned = 0;
  const point = (share) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(centre + radius * Math.cos(angle)).toFixed(2)} ${(centre + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return segments.map((segment, index) => {
    const share = total > 0 ? Math.max(0, segment.value) / total : 0;
    const from = turned;
    turned += share;
    if (share === 0) return null;
    const title = html`<title>${segment.label}: ${shown(segment.value)} (${Math.round(share * 100)}%)</title>`;
    if (share > 0.9999) return html`<circle class="series-${index}" cx=${centre} cy=${centre} r=${radius}>${title}</circle>`;
    const path = `M${centre} ${centre}L${point(from)}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${point(turned)}Z`;
    return html`<path class="series-${index} slice" d=${path}>${title}</path>`;
  });
}

function Axes({ ticks, y, categories, x, axis }) {
  const most = Math.max(4, Math.floor(78 / categories.length));
  const every = Math.ceil(categories.length / 12);
  return html`<g class="axes">
    ${ticks.map((tick) => html`<line x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${y(tick)} y2=${y(tick)} class=${tick === 0 ? 'zero' : ''} />
      <text x=${EDGE.left - 6} y=${y(tick) + 4} text-anchor="end">${shown(tick)}</text>`)}
    ${categories.map((category, index) => index % every === 0 && html`<text x=${x(index)} y=${HEIGHT - EDGE.bottom + 16} text-anchor="middle">${short(category, most)}</text>`)}
    ${axis.x_label && html`<text class="axis-name" x=${EDGE.left + INNER.width / 2} y=${HEIGHT - 6} text-anchor="middle">${axis.x_label}</text>`}
    ${axis.y_label && html`<text class="axis-name" x="12" y=${EDGE.top + INNER.height / 2} text-anchor="middle"
      transform="rotate(-90 12 ${EDGE.top + INNER.height / 2})">${axis.y_label}</text>`}
  </g>`;
}

function Series({ chart, categories }) {
  const all = chart.series ?? [];
  const values = all.flatMap((series) => series.data.map((point) => point.value));
  const { ticks, y } = scale(values.length > 0 ? values : [0]);
  const slot = INNER.width / Math.max(1, categories.length);
  const x = (index) => EDGE.left + slot * (index + 0.5);
  const bars = chart.type === 'bar';
  const thick = Math.min(44, (slot * 0.72) / Math.max(1, all.length));
  const value = (series, category) => series.data.find((point) => point.label === category)?.value;
  return html`<${Axes} ticks=${ticks} y=${y} categories=${categories} x=${x} axis=${chart.axis_config ?? {}} />
    ${all.map((series, index) => {
      const points = categories
        .map((category, at) => ({ category, x: x(at), value: value(series, category) }))
        .filter((point) => point.value !== undefined);
      const title = (point) => html`<title>${series.name}, ${point.category}: ${shown(point.value)}</title>`;
      if (bars) {
        return points.map((point) => {
          const left = point.x - (thick * all.length) / 2 + thick * index;
          const top = Math.min(y(point.value), y(0));
          return html`<rect class="series-${index}" x=${left + 1} y=${top} width=${Math.max(1, thick - 2)} rx="2"
            height=${Math.max(1, Math.abs(y(point.value) - y(0)))}>${title(point)}</rect>`;
        });
      }
      const line = points.map((point, at) => `${at > 0 ? 'L' : 'M'}${point.x.toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
      const floor = points.length > 0 ? `L${points.at(-1).x.toFixed(1)} ${y(0)}L${points[0].x.toFixed(1)} ${y(0)}Z` : '';
      return html`<g class="series-${index}">
        ${chart.type === 'area' && html`<path class="area" d=${line + floor} />`}
        <path class="line" d=${line} />
        ${points.map((point) => html`<circle cx=${point.x} cy=${y(point.value)} r="3.5">${title(point)}</circle>`)}
      </g>`;
    })}`;
}

function Twin({ title, chart, categories }) {
  if (chart.type === 'pie') {
    return html`<table class="visually-hidden"><caption>${title}</caption>
      <thead><tr><th scope="col">Part</th><th scope="col">Value</th></tr></thead>
      <tbody>${chart.segments.map((segment) => html`<tr><th scope="row">${segment.label}</th><td>${shown(segment.value)}</td></tr>`)}</tbody></table>`;
  }
  return html`<table class="visually-hidden"><caption>${title}</caption>
    <thead><tr><td></td>${chart.series.map((series) => html`<th scope="col">${series.name}</th>`)}</tr></thead>
    <tbody>${categories.map((category) => html`<tr><th scope="row">${category}</th>
      ${chart.series.map((series) => html`<td>${series.data.find((point) => point.label === category)?.value ?? ''}</td>`)}</tr>`)}</tbody></table>`;
}

export function Chart({ block }) {
  const { chart = {}, title = '' } = block;
  const pie = chart.type === 'pie';
  if (pie ? !chart.segments : !chart.series) return html`<p class="block-unknown">A chart without figures: ${title}</p>`;
  const categories = chart.axis_config?.categories ?? chart.series?.[0]?.data.map((point) => point.label) ?? [];
  const legend = pie ? chart.segments.map((segment) => `${segment.label} · ${shown(segment.value)}`) : chart.series.map((series) => series.name);
  return html`<figure class="block-chart ${pie ? 'pie' : ''}">
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${pie ? HEIGHT : WIDTH} ${HEIGHT}" role="img" aria-label="${NAMES[chart.type] ?? 'Chart'}: ${title}">
      ${pie ? html`<${Pie} segments=${chart.segments} />` : html`<${Series} chart=${chart} categories=${categories} />`}
    </svg>
    ${(pie || legend.length > 1) && html`<ul class="legend" aria-hidden="true">
      ${legend.map((name, index) => html`<li><span class="key series-${index}"></span>${name}</li>`)}</ul>`}
    <${Twin} title=${title} chart=${chart} categories=${categories} />
  </figure>`;
}
