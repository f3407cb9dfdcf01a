import { ProblemError } from '../api.ts';

export interface Upload {
  path: string;
  file: Blob;
  type: string;
  /** How much has been taken, from 0 to 1. */
  onProgress(part: number): void;
  signal?: AbortSignal;
}

/** Send a file, and tell how far it is: `fetch` cannot. */
export function uploadFile<Answer>({ path, file, type, onProgress, signal }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', type);
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new ProblemError({ code: 'no-network' }));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.onload = () => {
      const isJson = request.getResponseHeader('content-type')?.includes('json') ?? false;
      const answer = isJson ? JSON.parse(request.responseText) : {};
      if (request.status >= 200 && request.status < 300) resolve(answer as Answer);
      else reject(new ProblemError(answer));
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
