import type { AdProject, Marker } from '#core/project/schema.ts';
import { EditRefusal } from './edit-refusal.ts';
import { clamp, freshId, LIMITS } from './rules.ts';

/** Names a frame. One that has a marker already keeps it. */
export function addMarker(project: AdProject, frame: number, label: string): { readonly project: AdProject; readonly markerId: string } {
  const markers = project.markers ?? [];
  const there = markers.find((marker) => marker.frame === frame);
  if (there) return { project, markerId: there.id };
  if (markers.length >= LIMITS.maxMarkers) throw new EditRefusal('tooManyMarkers');
  const id = freshId('marker', markers.map((marker) => marker.id));
  return { project: withMarkers(project, [...markers, { id, frame: within(project, frame), label: label.slice(0, 80) }]), markerId: id };
}

/** Puts a marker on another frame. */
export function moveMarker(project: AdProject, markerId: string, frame: number): AdProject {
  return changeMarker(project, markerId, (marker) => ({ ...marker, frame: within(project, frame) }));
}

/** Gives a marker other words. */
export function renameMarker(project: AdProject, markerId: string, label: string): AdProject {
  return changeMarker(project, markerId, (marker) => ({ ...marker, label: label.slice(0, 80) }));
}

/** Takes markers away. */
export function deleteMarkers(project: AdProject, markerIds: readonly string[]): AdProject {
  return withMarkers(project, (project.markers ?? []).filter((marker) => !markerIds.includes(marker.id)));
}

function changeMarker(project: AdProject, markerId: string, change: (marker: Marker) => Marker): AdProject {
  const markers = project.markers ?? [];
  if (!markers.some((marker) => marker.id === markerId)) throw new EditRefusal('nothingThere');
  return withMarkers(project, markers.map((marker) => (marker.id === markerId ? change(marker) : marker)));
}

function withMarkers(project: AdProject, markers: readonly Marker[]): AdProject {
  const { markers: _, ...rest } = project;
  return markers.length === 0 ? rest : { ...rest, markers: [...markers].sort((a, b) => a.frame - b.frame) };
}

function within(project: AdProject, frame: number): number {
  return clamp(Math.round(frame), 0, project.durationFrames - 1);
}
