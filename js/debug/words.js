// What the panel says around the sentences of `querencia explain` (js/cli/words.js), and what a preview says.

/** @type {Record<string, [en: string, es: string]>} */
const PHRASES = {
  title: ["Querencia: what happens here", "Querencia: qué pasa aquí"],
  fold: ["Fold", "Plegar"],
  unfold: ["Unfold", "Desplegar"],
  close: ["Close the panel", "Cerrar el panel"],
  waiting: ["nothing is decided yet", "aún no se ha decidido nada"],
  shown: ["shown", "hablan"],
  held: ["held back", "callan"],
  heard: ["What was heard", "Qué se ha oído"],
  unheard: ["Also in the data layer, and not heard", "También está en la capa de datos, y no se escucha"],
  nothing: ["nothing", "nada"],
  page: ["The page", "La página"],
  console: ["What the console says", "Qué dice la consola"],
  policy: ["Policy", "Política"],
  notPublished: ["not published", "sin publicar"],
  platform: ["Platform", "Plataforma"],
  noPlatform: ["there is no `data-platform`, so no event is heard", "no hay `data-platform`, así que no se oye ningún evento"],
  layer: ["Data layer", "Capa de datos"],
  noLayer: ["is no list, so nothing is heard", "no es una lista, así que no se oye nada"],
  emptyLayer: ["is empty; if the shop's has another name, write it into `data-layer`", "está vacía; si la de la tienda se llama de otra manera, dígalo en `data-layer`"],
  language: ["Language", "Idioma"],
  noTexts: ["no campaign of the page has texts in it; the shop's own are used", "ninguna campaña de la página tiene textos en él; se usan los de la tienda"],
  places: ["Places on the page", "Sitios en la página"],
  hidden: ["hidden", "oculto"],
  noCampaign: ["no campaign has it", "ninguna campaña lo tiene"],
  noPlaces: ["none: there is no <querencia-message>", "ninguno: no hay ningún <querencia-message>"],
  store: ["What is remembered", "Qué se recuerda"],
  lasting: ["in this browser", "en este navegador"],
  page_memory: ["only as long as the page: the browser keeps nothing", "solo mientras dura la página: el navegador no guarda nada"],
  unasked: ["only as long as the page: the shopper has not allowed more", "solo mientras dura la página: el cliente no ha permitido más"],
  preview: ["nothing: this is a preview", "nada: es una vista previa"],
  server: ["The shop's server", "El servidor de la tienda"],
  noServer: ["none: the page is alone (no `data-server`)", "ninguno: la página está sola (no hay `data-server`)"],
  asked: ["has not answered yet", "aún no ha contestado"],
  answers: ["answers", "contesta"],
  away: ["does not answer, so `page.withoutServer` decides", "no contesta, así que decide `page.withoutServer`"],
  no: ["it said no to", "dijo que no a"],
  consent: ["Consent", "Consentimiento"],
  noConsent: ["nobody is asked (no `data-consent`)", "no se pregunta a nadie (no hay `data-consent`)"],
  unanswered: ["has not answered", "no ha contestado"],
  unreadable: ["cannot be read", "no se puede leer"],
  says: ["says", "dice"],
  follows: ["together", "en conjunto"],
  granted: ["yes", "sí"],
  denied: ["no", "no"],
  unknown: ["unknown", "no se sabe"],
  elsewhere: ["Campaigns of other channels, which a page does not ask about", "Campañas de otros canales, por las que una página no pregunta"],
  noteOf: ["Preview of", "Vista previa de"],
  note: ["Preview", "Vista previa"],
  noteNow: ["as on", "como el"],
  noteKept: ["Nothing is counted or kept.", "Nada cuenta ni se guarda."],
  noteMissing: ["This page does not know", "Esta página no sabe"],
  hide: ["Hide the note", "Ocultar el aviso"],
};

/** The language of the page, of the two that the panel speaks. */
export function languageOfPage() {
  return /^es\b/i.test((document.documentElement.lang || navigator.language).replace("_", "-")) ? "es" : "en";
}

/** @param {"en" | "es"} language */
export const phrases = (language) => (/** @type {keyof typeof PHRASES & string} */ name) => PHRASES[name][language === "es" ? 1 : 0];

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [name] its class @param {string} [text] */
export function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}
