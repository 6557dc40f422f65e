import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, fingerprint } from "./canonical.js";

test("the example of RFC 8785, section 3.2", () => {
  const value = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '€$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  const bytes = Buffer.from(canonical(value)).toString("hex").replace(/../g, "$& ").trim();
  assert.equal(
    bytes,
    "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a 5b " +
      "33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 5d 2c " +
      "22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d",
  );
});

test("keys sort by their UTF-16 code units: the example of RFC 8785, section 3.2.3", () => {
  const value = {
    "€": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    1: "One",
    "😀": "Emoji: Grinning Face",
    "\u0080": "Control",
    ö: "Latin Small Letter O With Diaeresis",
  };
  assert.match(canonical(value), /^\{"\\r":.*"1":.*"\u0080":.*"ö":.*"€":.*"😀":.*"\ufb33":/);
});

test("numbers are written as ECMAScript writes them: RFC 8785, appendix B", () => {
  const samples = /** @type {[string, string][]} */ ([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["41b3de4355555554", "333333333.33333325"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ]);
  for (const [bits, text] of samples) {
    assert.equal(canonical(Buffer.from(bits, "hex").readDoubleBE()), text, bits);
  }
});

test("undefined is absent from objects", () => {
  assert.equal(canonical({ b: 1, a: undefined, c: null }), '{"b":1,"c":null}');
});

test("the fingerprint is SHA-256: the examples of FIPS 180-2", async () => {
  assert.equal(await fingerprint("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(await fingerprint(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
