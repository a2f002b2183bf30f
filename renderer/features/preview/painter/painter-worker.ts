/** The worker's entry: messages in, messages out. */
import type { PainterRequest } from './messages.ts';
import { Painter } from './painter.ts';

const painter = new Painter((reply, transfer = []) => self.postMessage(reply, { transfer }));
self.addEventListener('message', ({ data }: MessageEvent<PainterRequest>) => painter.take(data));
