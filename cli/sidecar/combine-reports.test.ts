import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import { objectInfo } from '#workflows/testing/object-info.ts';
import { combineReports } from './combine-reports.ts';
import type { CheckedWorkflow } from './combine-reports.ts';

const catalogue = loadCatalogue();
const { workflows } = await loadWorkflows();

function check(ids: readonly string[], info: Record<string, unknown>, serverVersion = '0.33.0'): CheckedWorkflow[] {
  return workflows.filter(({ manifest }) => ids.includes(manifest.id)).map(({ manifest, graph }) => ({ id: manifest.id, title: manifest.title, report: checkWorkflow(graph, { objectInfo: info, manifest, models: catalogue, serverVersion }), unlistedModels: catalogue.filter(({ id, file }) => manifest.models.includes(id) && !JSON.stringify(info).includes(file)) }));
}

describe('the report of several workflows', () => {
  it('names every model once, with who needs it, and one command that fetches them all', () => {
    const report = combineReports(check(['wan22-5b-text', 'wan22-5b-image', 'smoke-slow'], objectInfo({ spelling: 'combo' })), catalogue, true);
    const expected = catalogue.filter(({ workflows: users }) => users.includes('wan22-5b-text'));
    expect(report.usable).toEqual(['smoke-slow']);
    expect(report.missingModels.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    for (const model of report.missingModels) expect(model).toMatchObject({ workflows: expect.arrayContaining(['wan22-5b-image', 'wan22-5b-text']), asksFirst: false, licence: 'Apache-2.0' });
    expect(report.missingBytes).toBe(expected.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
    expect(report.action).toMatch(/^Fetch 18\.1 GB with "adgen models pull (?=.*wan22-ti2v-5b)(?=.*umt5-xxl-fp8)(?=.*wan22-vae)[^"]*"\.$/);
  });

  it('says which licences a download asks for', () => {
    const conditions = 'Only below a yearly revenue of a million.';
    const limited = catalogue.map((model) => (model.id === 'wan22-vae' ? { ...model, adverts: 'ask' as const, conditions, isDefault: false } : model));
    const report = combineReports(check(['wan22-5b-text'], objectInfo({ spelling: 'list' })), limited, true);
    expect(report.missingModels.find(({ id }) => id === 'wan22-vae')).toMatchObject({ asksFirst: true, conditions });
    expect(report.action).toMatch(/ --accept-licence wan22-vae", if you accept the conditions\.$/);
  });

  it('does not offer to fill the folder of somebody else\'s server', () => {
    expect(combineReports(check(['wan22-5b-text'], objectInfo({ spelling: 'combo' })), catalogue, false).action).toBe('Put the files into the models folder of that server.');
  });

  it('sends for nodes before models, and lists both', () => {
    const report = combineReports(check(['wan22-5b-text', 'smoke-slow'], objectInfo({ spelling: 'combo', without: ['EmptyImage', 'UNETLoader'] })), catalogue, true);
    expect(report.missingNodeClasses.map(({ className }) => className).sort()).toEqual(['EmptyImage', 'UNETLoader']);
    // The checkpoint too, though the node that would list it is missing.
    expect(report.missingModels.map(({ id }) => id).sort()).toEqual(['umt5-xxl-fp8', 'wan22-ti2v-5b', 'wan22-vae']);
    expect(report.action).toMatch(/^Update ComfyUI, or install the node packs that bring "/);
  });

  it('puts a server that is too old before everything', () => {
    const report = combineReports(check(['wan22-5b-text'], objectInfo({ spelling: 'combo', without: ['UNETLoader'] }), '0.3.1'), catalogue, true);
    expect(report.faults).toEqual([expect.objectContaining({ workflow: 'wan22-5b-text', code: 'SERVER_TOO_OLD' })]);
    expect(report.action).toMatch(/^Update ComfyUI to \d+\.\d+\.\d+ or newer\.$/);
  });

  it('has nothing to do when everything is there', () => {
    expect(combineReports(check(['smoke-slow'], objectInfo({ spelling: 'combo' })), catalogue, true)).toEqual({ isUsable: true, usable: ['smoke-slow'], missingNodeClasses: [], missingModels: [], missingBytes: 0, faults: [] });
  });
});
