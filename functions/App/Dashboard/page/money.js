// Amounts as people read them: with thousands and their currency. Amounts of two currencies are never added.
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const cents = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// From a thousand on nobody reads the hundredths; the exact amount is in the interface.
export const amount = value => (value == null ? "–" : Math.abs(value) >= 1000 ? whole.format(value) : cents.format(value));

// Along an axis: as many places as the number needs, and no more than there is room for.
const few = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
export const short = value => few.format(value);

export const money = (value, currency) => (value == null ? "–" : `${amount(value)} ${currency}`);

// The sign stays with its number; nobody reads tenths of what is ten times too much.
export const percent = share => `${(Math.abs(share) < 10 ? tenths : whole).format(100 * share)}\u00a0%`;
