import { type Encoding, readTableHead, type TableHead } from '../../delimited.ts';

/** A file that somebody chose, and how it begins. */
export interface TableFile extends TableHead {
  file: File;
}

/** Read how a file begins; in another encoding when somebody says so. */
export async function openTable(file: File, encoding?: Encoding): Promise<TableFile> {
  return { file, ...(await readTableHead(file, encoding)) };
}
