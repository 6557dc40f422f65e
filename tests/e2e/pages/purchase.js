// As a theme with Google Tag Manager pushes it, in Google's documented shape.
window.dataLayer = window.dataLayer || [];
dataLayer.push({ ecommerce: null });
dataLayer.push({
  event: "purchase",
  ecommerce: {
    transaction_id: "A-1042",
    value: 42.5,
    currency: "EUR",
    items: [{ item_id: "jug", item_name: "Jug", item_category: "clay", price: 21.25, quantity: 2 }],
  },
});
