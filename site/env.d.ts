/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The public data folder: the only data public pages know. */
    read: import('#rules/publication.ts').PublicReader;
    /** Of the public data, what the frame of every page shows. */
    site: import('#rules/publication.ts').PublicFile<'site'> | null;
    hotlines: import('#rules/publication.ts').PublicFile<'hotlines'>['items'];
    /** Calls the API in this process with the visitor's cookies; on-demand pages only. */
    api: (path: string, init?: RequestInit) => Promise<Response>;
    /** Now, in epoch milliseconds. */
    now: number;
    /** On the error page: the sentence that says what was wrong. */
    problem?: string;
  }
}
