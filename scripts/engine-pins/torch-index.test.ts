import { expect, it } from 'vitest';
import { parseIndexPage } from './torch-index.ts';

const HASH = 'ab'.repeat(32);

it('reads links in the forms that the index uses', () => {
  const page = `<!DOCTYPE html><html><body><h1>Links for torch</h1>
    <a href="/whl/cpu/torch-2.11.0%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl#sha256=${HASH}" data-dist-info-metadata="sha256=00">torch-2.11.0+cpu</a><br/>
    <a data-requires-python="&gt;=3.10" href="https://download.pytorch.org/whl/cpu/torch-2.11.0%2Bcpu-cp312-cp312-win_amd64.whl#sha256=${HASH}">torch</a>
    <a href="/whl/cpu/torch-1.0-cp37-cp37m-win_amd64.whl">without a hash</a></body></html>`;
  expect(parseIndexPage(page, 'https://download.pytorch.org/whl/cpu/torch/')).toEqual([
    { file: 'torch-2.11.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl', url: 'https://download.pytorch.org/whl/cpu/torch-2.11.0%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl', sha256: HASH },
    { file: 'torch-2.11.0+cpu-cp312-cp312-win_amd64.whl', url: 'https://download.pytorch.org/whl/cpu/torch-2.11.0%2Bcpu-cp312-cp312-win_amd64.whl', sha256: HASH },
  ]);
});
