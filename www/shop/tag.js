// A shop's server prints two things on the tag: the language and the customer who is signed in. This demo has no server, so a classic script
// does it; modules wait until the page is read, so it comes first. It also sets the clock of another day: `data-now` would be a preview, which
// remembers nothing.
{
  const { language, who, ahead = 0, orders = [], basket = {}, left, afresh } = JSON.parse(localStorage.getItem("casa-lola") ?? "{}");
  const locale = language === "en" ? "en" : "es-ES";
  // The page of the year has no tag: it asks the engine itself.
  const { dataset } = document.querySelector("script[data-policy]") ?? { dataset: {} };

  document.documentElement.lang = locale;
  dataset.locale = locale;

  // Here nobody has opened the ledger yet: whoever does waits until the old one is gone.
  if (afresh) {
    indexedDB.deleteDatabase("querencia");
    // what is kept beside the database
    for (const key of Object.keys(localStorage)) if (key.startsWith("querencia-")) localStorage.removeItem(key);
    localStorage.setItem("casa-lola", JSON.stringify({ language }));
  }

  // How often each offer with a budget was given this month only the server knows.
  print("shop", { issued: { "surprise-4": 12 } });
  dataset.shop = "#shop";
  if (who === "ana") print("customer", ana(locale, orders, { at: left, items: Object.entries(basket).map(([sku, quantity]) => ({ sku, quantity })) }));

  const device = Date.now;
  Date.now = () => device() + ahead;

  function print(id, value) {
    const island = document.createElement("script");
    island.type = "application/json";
    island.id = id;
    // A name may hold "<": a server that prints this must escape it, here textContent does.
    island.textContent = JSON.stringify(value);
    document.head.append(island);
  }

  // Her history moves with the calendar, so that the demo tells the same story in any month.
  function ana(locale, orders, cart) {
    const day = 86_400_000;
    const ago = (days) => Math.floor(Date.now() / day - days) * day + 36_000_000;
    const past = (id, days, items) => ({
      id,
      at: ago(days),
      shippedAt: ago(days - 1),
      deliveredAt: ago(days - 3),
      total: items.reduce((sum, item) => sum + item.price * item.quantity, 0),
      items,
    });
    return {
      id: "ana",
      locale,
      givenName: "Ana",
      birthday: "1991-06-24",
      birthdaySince: ago(410),
      since: ago(410),
      destination: { country: "ES", postcode: "46007" },
      orders: [
        past("CL-1107", 96, [{ sku: "oil", family: "pantry", quantity: 2, price: 1650 }]),
        past("CL-1152", 41, [{ sku: "jug", family: "ceramics", quantity: 1, price: 3800 }]),
        ...orders,
      ],
      ratings: [{ orderId: "CL-1152", sku: "jug", score: 10, at: ago(30) }],
      consent: { email: true },
      cart,
    };
  }
}
