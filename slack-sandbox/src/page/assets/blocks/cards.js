// Boxes around other content: alert, card, carousel, container, plan and task card.
import { html } from '../html.js';
import { icon } from '../icons.js';
import { Picture, plainText, textObject } from './text.js';
import { link } from '../mrkdwn.js';
import { RichText } from './rich_text.js';
import { Button } from './buttons.js';

const LEVELS = { info: ['info', 'Note'], warning: ['warning', 'Warning'], error: ['warning', 'Error'], success: ['check', 'Done'] };

export function Alert({ block, eye }) {
  const level = LEVELS[block.level] ? block.level : 'info';
  return html`<div class="block-alert ${level}" role="note" aria-label=${LEVELS[level][1]}>${icon(LEVELS[level][0])}
    <div class="text">${textObject(block.text, eye)}</div></div>`;
}

export function Card({ block, eye }) {
  return html`<article class="block-card">
    ${block.hero_image && html`<${Picture} block=${block.hero_image} />`}
    <div class="block-card-head">${block.icon && html`<${Picture} block=${block.icon} small />`}
      <div>${block.title && html`<p class="block-card-title">${textObject(block.title, eye)}</p>`}
        ${block.subtitle && html`<p class="soft">${textObject(block.subtitle, eye)}</p>`}</div></div>
    ${block.body && html`<div class="text">${textObject(block.body, eye)}</div>`}
    ${block.actions?.length > 0 && html`<div class="block-actions">${block.actions.map((element) => html`<${Button} block=${block} element=${element} />`)}</div>`}
  </article>`;
}

export function Container({ block, eye, draw }) {
  const title = block.rich_text_title ? html`<${RichText} block=${block.rich_text_title} eye=${eye} />` : plainText(block.title);
  const inner = (block.child_blocks ?? []).map(draw);
  const subtitle = block.subtitle && html`<p class="soft">${textObject(block.subtitle, eye)}</p>`;
  if (block.is_collapsible) {
    return html`<details class="block-card" open=${!block.default_collapsed}><summary>${title}</summary>${subtitle}${inner}</details>`;
  }
  return html`<div class="block-card"><div class="block-card-title">${title}</div>${subtitle}${inner}</div>`;
}

const STATES = { pending: 'Waiting', in_progress: 'In progress', complete: 'Complete', error: 'Failed' };

export function TaskCard({ block, eye }) {
  return html`<div class="block-task ${block.status ?? 'pending'}">
    <p>${!block.hide_title && html`<strong>${block.title}</strong>`} <span class="soft">${STATES[block.status] ?? ''}</span></p>
    ${block.details && html`<${RichText} block=${block.details} eye=${eye} />`}
    ${block.output && html`<${RichText} block=${block.output} eye=${eye} />`}
    ${block.sources?.length > 0 && html`<p>${block.sources.map((source) => html`<span>${link(source.url ?? '', source.text)} </span>`)}</p>`}
  </div>`;
}

export function Plan({ block, eye }) {
  return html`<div class="block-card"><p class="block-card-title">${plainText(block.title)}</p>
    ${(block.tasks ?? []).map((task) => html`<${TaskCard} block=${task} eye=${eye} />`)}</div>`;
}
