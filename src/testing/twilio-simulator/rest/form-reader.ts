import { ApiError, type ApiErrorCode } from "./api-error.js";

/** Reads a form of the API's, field by field. What is wrong is refused as Twilio does. */
export interface FormReader {
  /** @returns undefined for what is missing or blank. */
  text(name: string): string | undefined;
  all(name: string): readonly string[];
  /** @throws ApiError `code` for what is no address of http or https. */
  url(name: string, code: ApiErrorCode): string | undefined;
  method(name: string): "GET" | "POST";
  /** @throws ApiError 20001 */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined;
  /** @throws ApiError 20001 for what is no whole number, or out of range. */
  whole(name: string, least: number, most: number): number | undefined;
  flag(name: string): boolean | undefined;
  /** It is there, be it blank. */
  has(name: string): boolean;
  /** The fields that nobody asked for. */
  ignored(): string[];
}

export function readForm(form: URLSearchParams): FormReader {
  const asked = new Set<string>();

  function text(name: string): string | undefined {
    asked.add(name);
    const value = form.get(name);
    return value === null || value === "" ? undefined : value;
  }

  function oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const given = text(name);
    const value = values.find((known) => known === given);
    if (given !== undefined && value === undefined) throw wrong(name, given, `one of ${values.join(", ")}`);
    return value;
  }

  return {
    text,
    all(name) {
      asked.add(name);
      return form.getAll(name).filter((value) => value !== "");
    },
    url(name, code) {
      const given = text(name);
      if (given === undefined) return undefined;
      if (!isWebAddress(given)) throw new ApiError(code, `${name} is not a valid URL: ${given}`);
      return given;
    },
    method: (name) => oneOf(name, ["GET", "POST"]) ?? "POST",
    oneOf,
    whole(name, least, most) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (!(value >= least && value <= most)) throw wrong(name, given, `a whole number from ${least} to ${most}`);
      return value;
    },
    flag(name) {
      const given = oneOf(name, ["true", "false"]);
      return given === undefined ? undefined : given === "true";
    },
    has(name) {
      asked.add(name);
      return form.has(name);
    },
    ignored: () => [...new Set(form.keys())].filter((name) => !asked.has(name)),
  };
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

function wrong(name: string, given: string, wanted: string): ApiError {
  return new ApiError(20001, `Invalid parameter ${name}: ${JSON.stringify(given)} is not ${wanted}`);
}
