/**
 * Prices are cents with VAT included, as a consumer must see them.
 *
 * @typedef {{ es: string, en: string }} Words
 * @typedef {object} Product
 * @property {string} sku
 * @property {string} family
 * @property {number} price
 * @property {number} vat percent
 * @property {number} stock how many there are
 * @property {boolean} consumable whether it is used up and bought again
 * @property {string[]} is what is true of it, in the shop's own words
 * @property {Words} name
 * @property {Words} by who makes it
 * @property {Words} size
 * @property {Words} story
 */

/** @type {Product[]} */
export const products = [
  {
    sku: "jug",
    family: "ceramics",
    price: 3800,
    vat: 21,
    stock: 7,
    consumable: false,
    is: ["handmade"],
    name: { es: "Jarra La Charlatana", en: "The Chatterbox jug" },
    by: { es: "Amparo, al torno en Manises", en: "Amparo, at her wheel in Manises" },
    size: { es: "24 cm, litro y cuarto", en: "24 cm, a litre and a quarter" },
    story: {
      es: "Amparo la pinta a mano, y dos iguales no le salen. El pico sirve sin gotear; lo de hablar sin parar ya es cosa de quien la llena.",
      en: "Amparo paints each one by hand and has never managed two alike. The spout pours without dripping; talking without stopping is up to whoever fills it.",
    },
  },
  {
    sku: "oil",
    family: "pantry",
    price: 1650,
    vat: 4,
    stock: 60,
    consumable: true,
    is: ["pressed-the-same-day"],
    name: { es: "Aceite Primera Cosecha", en: "First Harvest olive oil" },
    by: { es: "La familia Roig, en Altura", en: "The Roig family, in Altura" },
    size: { es: "Lata de 500 ml", en: "500 ml tin" },
    story: {
      es: "Virgen extra, prensado el mismo día que se recoge. Pica un poco al final: no es un defecto, es carácter.",
      en: "Extra virgin, pressed the day it is picked. It bites a little at the end: not a flaw, a character.",
    },
  },
  {
    sku: "linen",
    family: "linen",
    price: 3400,
    vat: 21,
    stock: 12,
    consumable: false,
    is: ["handmade", "lint-free"],
    name: { es: "Tres paños Domingo Largo", en: "Three Long Sunday cloths" },
    by: { es: "Pilar, en su telar de Morella", en: "Pilar, at her loom in Morella" },
    size: { es: "50 × 70 cm, lino lavado", en: "50 × 70 cm, washed linen" },
    story: {
      es: "Para comidas que empiezan a las dos y acaban a las siete. Secan, tapan el pan, hacen de servilleta y nunca se quejan.",
      en: "For lunches that start at two and end at seven. They dry, cover the bread, pass for napkins and never complain.",
    },
  },
  {
    sku: "oranges",
    family: "fruit",
    price: 1790,
    vat: 4,
    stock: 25,
    consumable: true,
    is: ["unwaxed"],
    name: { es: "Naranjas de Alzira", en: "Oranges from Alzira" },
    by: { es: "Vicent y sus cuarenta naranjos", en: "Vicent and his forty trees" },
    size: { es: "Caja de 5 kg", en: "5 kg crate" },
    story: {
      es: "Del árbol a tu puerta en dos días, sin encerar y con alguna hoja, para que se note de qué familia vienen.",
      en: "From the tree to your door in two days, unwaxed and with the odd leaf, so you can tell which family they come from.",
    },
  },
  {
    sku: "plate",
    family: "ceramics",
    price: 4400,
    vat: 21,
    stock: 4,
    consumable: false,
    is: ["handmade"],
    name: { es: "Plato La Vecina", en: "The Neighbour plate" },
    by: { es: "Amparo, al torno en Manises", en: "Amparo, at her wheel in Manises" },
    size: { es: "31 cm, con su caballete", en: "31 cm, easel included" },
    story: {
      es: "Para la pared o para las croquetas de las visitas. La vecina lo mira mucho; por eso se llama así.",
      en: "For the wall, or for the visitors' croquettes. The neighbour keeps looking at it, hence the name.",
    },
  },
  {
    sku: "honey",
    family: "pantry",
    price: 980,
    vat: 10,
    stock: 18,
    consumable: true,
    is: [],
    name: { es: "Miel de azahar", en: "Orange-blossom honey" },
    by: { es: "Las abejas de Vicent, y Vicent", en: "Vicent's bees, and Vicent" },
    size: { es: "Tarro de 400 g", en: "400 g jar" },
    story: {
      es: "Los mismos naranjos, en abril. Las abejas hacen el trabajo y Vicent se lleva el mérito.",
      en: "The same orange trees, in April. The bees do the work and Vicent takes the credit.",
    },
  },
];

/** @param {string | null} sku */
export function product(sku) {
  return products.find((one) => one.sku === sku);
}
