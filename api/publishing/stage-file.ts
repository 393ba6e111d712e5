import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { Secrets } from '#sealing/secrets.ts';
import { createGate } from './gate.ts';
import type { GateSettings } from './gate-settings.ts';
import { hasMac } from './mac-table.ts';
import { packFile, writeMoved } from './pack.ts';
import type { PublishingPaths } from './paths.ts';
import type { Finding } from './refusal.ts';

/** A piece of a publication; `where` is what findings call it. */
export type StageJob =
  /** Proves first that the gate can fail. */
  | { kind: 'self-test'; where: string }
  /** Writes a page or open data below the staged site, with its variants, and judges it. */
  | { kind: 'page'; where: string; file: string; data: Uint8Array<ArrayBuffer> }
  | { kind: 'asset'; where: string; file: string; data: Uint8Array<ArrayBuffer> }
  /** Writes a file below the staged public data and judges it. */
  | { kind: 'list'; where: string; data: Uint8Array<ArrayBuffer> }
  /** Judges a file of the public data that is staged already, from the disk. */
  | { kind: 'data'; where: string };

export type StageTools = Pick<PublishingPaths, 'stagedSite' | 'stagedPublic'> & GateSettings;

const READABLE = new Set(['.css', '.js', '.mjs', '.svg', '.json', '.txt']);

export function openGate({ macs, lengths, known }: GateSettings, secrets: Secrets) {
  const names = {
    macs: { has: (mac: string) => hasMac(macs, mac) },
    lengths,
    macOf: (name: string) => secrets.mac('name-hash', name).mac,
  };
  return createGate(names, known);
}

/**
 * Answers a function that stages one file after the other, in this thread, and says what the leak gate
 * found in it. The bytes that are judged are those that are written.
 */
export function openStage({ stagedSite, stagedPublic, ...settings }: StageTools, secrets: Secrets) {
  const gate = openGate(settings, secrets);

  return function stageFile(job: StageJob): Finding[] {
    const { kind, where } = job;
    if (kind === 'self-test') return gate.testItself();
    if (kind === 'data') {
      return gate.inspectFile(where, JSON.parse(readFileSync(join(stagedPublic, where), 'utf8')));
    }
    if (kind === 'list') {
      mkdirSync(dirname(join(stagedPublic, where)), { recursive: true });
      writeMoved(stagedPublic, where, job.data);
      return gate.inspectFile(where, JSON.parse(readText(job.data)));
    }
    packFile(stagedSite, job.file, job.data);
    if (kind === 'asset' && !READABLE.has(extname(where))) return [];
    const text = readText(job.data);
    if (kind === 'asset') return gate.inspectAsset(where, text);
    if (where.endsWith('.json')) return gate.inspectFile(where, JSON.parse(text));
    return where.endsWith('.csv') ? gate.inspectTable(where, text) : gate.inspectPage(where, text);
  };
}

function readText({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}
