import { ApiError } from "./api-error.js";

/** Of {@link pageOf}. */
export interface PageOptions<Item> {
  readonly key: string;
  /** The list's address, from `/2010-04-01` on. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sidOf: (item: Item) => string;
  readonly write: (item: Item) => object;
}

const DEFAULT_PAGE_SIZE = 50;
const MOST_PAGE_SIZE = 1_000;

/** One page of a list, as the API writes it. The next one begins behind this one's last item, whatever came meanwhile. */
export function pageOf<Item>(items: readonly Item[], options: PageOptions<Item>): Readonly<Record<string, unknown>> {
  const { key, path, query, sidOf, write } = options;
  const size = Math.min(MOST_PAGE_SIZE, whole(query, "PageSize") ?? DEFAULT_PAGE_SIZE);
  if (size === 0) throw new ApiError(20001, "Invalid parameter PageSize: 0");
  const page = whole(query, "Page") ?? 0;
  const behind = query.get("PageToken")?.replace(/^PA/, "");
  const start = behind === undefined ? page * size : items.findIndex((item) => sidOf(item) === behind) + 1;
  const shown = items.slice(start, start + size);
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < items.length;
  const uri = (number: number, token?: string) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries({ PageSize: size, Page: number })) next.set(name, String(value));
    next.delete("PageToken");
    if (token !== undefined) next.set("PageToken", token);
    return `${path}?${next}`;
  };
  return {
    [key]: shown.map(write),
    end: Math.max(0, start + shown.length - 1),
    first_page_uri: uri(0),
    next_page_uri: hasMore ? uri(page + 1, `PA${sidOf(last)}`) : null,
    page,
    page_size: size,
    previous_page_uri: page === 0 ? null : uri(page - 1),
    start,
    uri: uri(page, query.get("PageToken") ?? undefined),
  };
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null || given === "") return undefined;
  if (!/^\d{1,6}$/.test(given)) throw new ApiError(20001, `Invalid parameter ${name}: ${given}`);
  return Number(given);
}
