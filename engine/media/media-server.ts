/** Files over HTTP: artifacts and pictures made from them go out, the user's files come in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../main.ts';

/** Answers requests that the HTTP server has let through: Host, Origin, token or media key are checked. */
export interface MediaServer {
  /** `GET /media/…`, with ranges. */
  read(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** `POST /upload?purpose=…&name=…`. */
  upload(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Serves the artifact store of an engine, and nothing outside it. */
export function createMediaServer(_engine: Engine): MediaServer {
  const nothing = async (_request: IncomingMessage, response: ServerResponse): Promise<void> => void response.writeHead(404).end();
  return { read: nothing, upload: nothing };
}
