/** Whether an `If-None-Match` names this ETag. */
export function matchesEtag(header: string, etag: string): boolean {
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part === '*');
}

/** Whether an `Accept-Encoding` allows this encoding. */
export function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
