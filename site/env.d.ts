/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The public data folder: the only data public pages know. */
    read: import('#rules/publication.ts').PublicReader;
    /** Calls the API in this process with the visitor's cookies; on-demand pages only. */
    api: (path: string, init?: RequestInit) => Promise<Response>;
    /** Now, in epoch milliseconds. */
    now: number;
    /** On the error page: the sentence that says what was wrong. */
    problem?: string;
  }
}
