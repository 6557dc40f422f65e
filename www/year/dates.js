import { locale } from "../shop/language.js";

// A date is civil: it is written as it is, whatever the zone of the device.
const format = (/** @type {Intl.DateTimeFormatOptions} */ options) => {
  const dates = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return (/** @type {string} */ date) => dates.format(Date.parse(date));
};

export const whole = format({ dateStyle: "full" });
export const short = format({ day: "numeric", month: "short", year: "numeric" });
export const weekday = format({ weekday: "long" });
export const month = format({ month: "long" });
export const monthShort = format({ month: "short" });
export const monthNarrow = format({ month: "narrow" });
