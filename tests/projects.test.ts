import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyDiff, reverseDiff } from '#core/project/diff.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { openProject } from '#engine/projects/open-project.ts';
import { undoEdit } from '#engine/projects/project-history.ts';

test('a program that is killed in the middle of its edits loses none that it has told', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'adgen-edits-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'fixtures', 'edit-until-killed.ts'), dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  for await (const chunk of child.stdout) {
    told += String(chunk);
    if (told.split('\n').length > 60 && child.exitCode === null) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  const last = Number(told.split('\n').findLast((line, index, lines) => index < lines.length - 1 && line !== ''));

  const db = openStudioDb(dataDir);
  const opened = openProject(db, 'advert');
  expect(opened.revision).toBeGreaterThanOrEqual(last);
  expect(opened.notice).toBeNull();
  // The journal and the document are of one piece: what is written down leads from one to the other.
  const done = opened.history.filter(({ isUndone }) => !isUndone);
  const start = done.reduceRight((document, { diff }) => applyDiff(document, reverseDiff(diff)), opened.document);
  expect(JSON.stringify(start)).toBe(JSON.stringify(exampleProject()));
  let { revision } = opened;
  for (let count = done.length; count > 0; count -= 1) ({ revision } = undoEdit(db, 'advert', revision));
  expect(JSON.stringify(openProject(db, 'advert').document)).toBe(JSON.stringify(exampleProject()));
  await db.close();
  rmSync(dataDir, { recursive: true });
});
