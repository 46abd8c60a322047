import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { createHealth } from "../../../src/session/fallback/health.js";
import { createVirtualClock } from "../../../src/testing/index.js";

const rules = { failures: 2, coolDownMs: 1_000, longestCoolDownMs: 3_000 };
const error = (retryable: boolean, retryAfterMs?: number) =>
  new BolchaalError("No.", {
    code: "provider-failed",
    component: "brain",
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

function three() {
  const clock = createVirtualClock();
  const health = createHealth(3, rules, clock);
  const fail = (place: number, retryable = true, retryAfterMs?: number) =>
    health.begin(place).failed(error(retryable, retryAfterMs));
  return { clock, health, fail };
}

describe("the health of providers", () => {
  it("leaves the app's order while all do", () => {
    const { health, fail } = three();
    fail(0);
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("puts one that fails again and again behind the others, for a while", async () => {
    const { health, fail, clock } = three();
    fail(0);
    fail(0);
    expect(health.order()).toEqual([1, 2, 0]);
    await clock.advance(999);
    expect(health.order()).toEqual([1, 2, 0]);
    await clock.advance(1);
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("forgets failures after a success", () => {
    const { health, fail } = three();
    fail(0);
    health.begin(0).succeeded();
    fail(0);
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("passes one over at once where trying again cannot help", () => {
    const { health, fail } = three();
    fail(1, false);
    expect(health.order()).toEqual([0, 2, 1]);
  });

  it("has one call find out whether it has come round; the others keep away meanwhile", async () => {
    const { health, fail, clock } = three();
    fail(0, false);
    await clock.advance(1_000);
    const probe = health.begin(0);
    expect(health.order()).toEqual([1, 2, 0]);
    probe.succeeded();
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("lets the next call find out where the probe was broken off", async () => {
    const { health, fail, clock } = three();
    fail(0, false);
    await clock.advance(1_000);
    health.begin(0).left();
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("waits twice as long each time, up to a limit", async () => {
    const { health, fail, clock } = three();
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      fail(0, false);
      const fromMs = clock.now();
      while (health.order()[0] !== 0) await clock.advance(100);
      waits.push(clock.now() - fromMs);
    }
    expect(waits).toEqual([1_000, 2_000, 3_000, 3_000]);
  });

  it("heeds what the provider asks for, and no call waits for it", async () => {
    const { health, fail, clock } = three();
    fail(0, false, 120_000);
    await clock.advance(119_999);
    expect(health.order()).toEqual([1, 2, 0]);
    await clock.advance(1);
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("still has all of them tried when none does", () => {
    const { health, fail } = three();
    for (const place of [0, 1, 2]) fail(place, false);
    expect(health.order()).toEqual([0, 1, 2]);
  });

  it("counts an outcome once", () => {
    const { health } = three();
    const trial = health.begin(0);
    trial.failed(error(true));
    trial.failed(error(true));
    trial.left();
    expect(health.order()).toEqual([0, 1, 2]);
  });
});
