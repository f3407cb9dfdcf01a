import type { ReactNode } from 'react';
import { fill } from '../../texts/language.ts';
import type { IssuerList } from '../queries.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Loaded } from './Loaded.tsx';

export interface Column<Item> {
  /** Heads the column, and names the cell where each row is a block. */
  head: string;
  cell(item: Item): ReactNode;
  /** Figures stand at the end. */
  numeric?: boolean;
  /** By what the service sorts it. */
  sort?: string;
  /** Names the row. */
  names?: boolean;
  /** What can be done: the head is only heard. */
  acts?: boolean;
}

export interface Sorting {
  by: string;
  descending: boolean;
  onSort(by: string): void;
}

export interface ListTableProps<Item> {
  list: IssuerList<Item>;
  /** Names the table. */
  caption: string;
  /** What is awaited, as it stands in "Loading …". */
  what: string;
  columns: readonly Column<Item>[];
  keyOf(item: Item): string;
  /** When there is nothing: what will be here. */
  empty: ReactNode;
  sorting?: Sorting;
}

/** Below the rows that are here: how many, and a button for the next ones. */
export function MoreRows<Item>({ list, count }: { list: IssuerList<Item>; count: number }) {
  const texts = useStudioTexts();
  return (
    <div className="more-rows row">
      <p className="small muted" role="status">
        {fill(texts.shownOf, { count })}
      </p>
      {list.hasNextPage && (
        <button
          type="button"
          className="btn"
          aria-disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {texts.showMore}
        </button>
      )}
    </div>
  );
}

/** A list of the service, page by page: below 48rem each row is a block. */
export function ListTable<Item>({ list, caption, what, columns, keyOf, empty, sorting }: ListTableProps<Item>) {
  return (
    <Loaded query={list} what={what} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return empty;
        return (
          <div className="card list-table">
            <Table caption={caption} columns={columns} items={items} keyOf={keyOf} {...(sorting && { sorting })} />
            <MoreRows list={list} count={items.length} />
          </div>
        );
      }}
    </Loaded>
  );
}

/** Rows that are all here. */
export function Table<Item>({
  caption,
  columns,
  items,
  keyOf,
  sorting,
}: Pick<ListTableProps<Item>, 'caption' | 'columns' | 'keyOf' | 'sorting'> & { items: readonly Item[] }) {
  return (
    <table className="blocks">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.head} column={column} {...(sorting && { sorting })} />
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ head, cell, numeric, names, acts }) => {
              const Cell = names === true ? 'th' : 'td';
              return (
                <Cell
                  key={head}
                  data-l={acts ? undefined : head}
                  className={numeric ? 'num n' : undefined}
                  scope={names ? 'row' : undefined}
                >
                  {cell(item)}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head<Item>({ column: { head, numeric, sort, acts }, sorting }: { column: Column<Item>; sorting?: Sorting }) {
  const texts = useStudioTexts();
  const className = numeric ? 'n' : undefined;
  if (sorting === undefined || sort === undefined)
    return (
      <th scope="col" className={className}>
        {acts ? <span className="vh">{head}</span> : head}
      </th>
    );
  const direction = sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={className} aria-sort={sorting.by === sort ? direction : 'none'}>
      <button type="button" onClick={() => sorting.onSort(sort)} title={fill(texts.sortBy, { column: head })}>
        {head}
        {sorting.by === sort && <span aria-hidden="true">{sorting.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
}
