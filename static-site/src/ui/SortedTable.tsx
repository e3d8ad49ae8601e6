import type { ReactNode } from 'react';
import { Table } from '@digdir/designsystemet-react';

export interface Sort<Column> {
  column: Column;
  descending: boolean;
}

/** The order after a click on a column's head: the same again turns it round. */
export function sortedBy<Column>(before: Sort<Column> | undefined, column: Column): Sort<Column> {
  return { column, descending: before?.column === column && !before.descending };
}

/**
 * A table that is ordered by its columns' heads, or a part of one: it is cut under a chosen row, whose details are a
 * table of their own. A later part repeats the heads for screen readers only.
 */
export function SortedTable<Column extends string>({
  label,
  className,
  columns,
  sort,
  onSort,
  children,
}: {
  label: string;
  className: string;
  columns: [column: Column, title: string][];
  sort: Sort<Column> | undefined;
  /** undefined for a later part */
  onSort: ((column: Column) => void) | undefined;
  children: ReactNode;
}) {
  return (
    <div className="tbl-box">
      <Table className={`tbl agency ${className}`} role="table" aria-label={label}>
        {/* both parts of a cut table keep their columns in line */}
        <colgroup>
          {columns.map(([column]) => (
            <col key={column} className={`w-${column}`} />
          ))}
          <col className="w-actions" />
        </colgroup>
        <Table.Head role="rowgroup" className={onSort ? '' : 'ds-sr-only'}>
          <Table.Row role="row">
            {columns.map(([column, title]) => (
              <Table.HeaderCell
                key={column}
                role="columnheader"
                {...(onSort
                  ? {
                      sort: sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none',
                      onClick: () => onSort(column),
                    }
                  : {})}
              >
                {title}
              </Table.HeaderCell>
            ))}
            <Table.HeaderCell role="columnheader" className="col-actions">
              Actions
            </Table.HeaderCell>
          </Table.Row>
        </Table.Head>
        <Table.Body role="rowgroup">{children}</Table.Body>
      </Table>
    </div>
  );
}
