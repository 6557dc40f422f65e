import { say } from "../shop/language.js";
import { listed } from "./format.js";

/**
 * What a refusal means, in a sentence. The code is the contract; these words are only the panel's.
 *
 * @type {Record<string, (detail: any) => { es: string, en: string }>}
 */
const reasons = {
  "occasion/none": () => ({ es: "Ahora no hay motivo para decirlo.", en: "There is no occasion to say it now." }),
  "audience/not-in-audience": () => ({ es: "Aquí y ahora no va con esta persona.", en: "It is not meant for this person, here and now." }),
  "kind/not-allowed": () => ({
    es: "Para esto aún nos conocemos poco.",
    en: "We have not known each other long enough for this.",
  }),
  "kind/not-in-phase": () => ({ es: "La relación no está para esto.", en: "The relation is not at a point for this." }),
  "consent/not-given": () => ({
    es: "No nos han dado permiso para usar este canal.",
    en: "Nobody allowed us to use this channel.",
  }),
  "consent/withdrawn": () => ({ es: "Retiró su permiso, y no hay más que hablar.", en: "They said no, and that is that." }),
  "wishes/not-this-channel": () => ({ es: "Por aquí prefiere que no.", en: "They would rather not hear it here." }),
  "wishes/less-often": () => ({ es: "Quiere oírnos menos.", en: "They want to hear from us less often." }),
  "wishes/not-now": () => ({ es: "A estas horas no quiere.", en: "They do not want to at this hour." }),
  "wishes/topic": () => ({ es: "De este tema no quiere saber.", en: "They do not care for this topic." }),
  "care/case-open": () => ({ es: "Hay algo sin arreglar, y eso va antes.", en: "Something is not mended yet, and that comes first." }),
  "care/unanswered": () => ({ es: "Espera una respuesta nuestra, y eso va antes.", en: "They wait for an answer of ours, and that comes first." }),
  "care/cool-down": () => ({ es: "Lo arreglamos hace poco: mejor no vender aún.", en: "It was mended a short while ago: no selling yet." }),
  "care/backlog": () => ({ es: "Tenemos demasiada gente sin contestar.", en: "Too many people wait for an answer." }),
  "calm/after-purchase": () => ({ es: "Acaba de comprar: se le deja en paz.", en: "They have just bought: they are left in peace." }),
  "calm/back-off": () => ({ es: "Lleva varias sin hacernos caso: paramos.", en: "They ignored the last ones: we stop." }),
  "calm/large-order": () => ({ es: "Fue un pedido grande: basta por ahora.", en: "It was a large order: enough for now." }),
  "calm/balance": () => ({ es: "Hubo más ofertas que conversación: toca callar.", en: "There were more offers than talk: no more for now." }),
  "relevance/below-floor": () => ({ es: "Esto no le interesa lo bastante.", en: "They do not care enough for this." }),
  "relevance/affinity-unknown": () => ({ es: "No sabemos si le interesa: mejor preguntar.", en: "We do not know whether they care: better to ask." }),
  "budget/spent": () => ({ es: "Ya no quedan más de estos.", en: "There are no more of these to give." }),
  "budget/already-given": () => ({ es: "Ya lo recibió hace poco.", en: "They were given it not long ago." }),
  "budget/margin-unknown": () => ({ es: "No sabemos si podemos permitírnoslo.", en: "We do not know whether we can afford it." }),
  "budget/over-share": () => ({ es: "Cuesta más de lo que podemos dar.", en: "It costs more than we can give." }),
  "budget/not-issued": () => ({ es: "El servidor aún no ha dado el código.", en: "The server has not issued the code yet." }),
  "repeat/already-spoken": () => ({ es: "Ya está dicho.", en: "It has been said." }),
  "repeat/too-soon": () => ({ es: "Lo dijimos hace poco.", en: "We said it a short while ago." }),
  "limits/limit-full": ({ counted, max, per }) => ({
    es: `Ya hemos hablado bastante: ${counted} de ${max} en ${per}.`,
    en: `We have talked enough: ${counted} of ${max} in ${per}.`,
  }),
  "limits/urgency": () => ({ es: "Esta semana ya hubo bastantes prisas.", en: "There was enough hurry this week." }),
  "quiet-hours/quiet": () => ({ es: "A estas horas no se molesta a nadie.", en: "Nobody is disturbed at this hour." }),
  "honesty/parameter-missing": ({ parameters = [] }) => ({
    es: `Para decirlo falta saber ${listed(parameters)}.`,
    en: `To say it we would have to know ${listed(parameters)}.`,
  }),
  "honesty/claim-unproven": () => ({ es: "No nos consta, así que no se dice.", en: "We cannot prove it, so it is not said." }),
  "honesty/nothing-to-suggest": () => ({ es: "No hay nada que proponer que le sirva.", en: "There is nothing to suggest that would serve them." }),
  "honesty/unwanted": () => ({ es: "Eso ya lo tiene, o no lo querría.", en: "They have that already, or would not want it." }),
  "honesty/offer-not-live": () => ({ es: "La oferta no vale ahora, o no allí.", en: "The offer is not good now, or not there." }),
  "honesty/out-of-stock": () => ({ es: "Se ha agotado, y lo agotado no se anuncia.", en: "It is sold out, and what is sold out is not advertised." }),
  "honesty/not-as-described": () => ({ es: "Vino como no era: no se vende hasta saber por qué.", en: "It was not as described: no selling until we know why." }),
  "honesty/surcharge-unstated": () => ({ es: "Allí se paga algo más, y habría que decirlo.", en: "There is more to pay there, and it would have to be said." }),
  "honesty/raffle-unproven": () => ({ es: "A este sorteo le faltan las bases o la fecha.", en: "This raffle lacks its terms or its date." }),
  "arbitration/outranked": ({ by = [] }) => ({
    es: `Cede la palabra a ${listed([by].flat())}.`,
    en: `It gives way to ${listed([by].flat())}.`,
  }),
  "arbitration/slot-kept": () => ({ es: "Se guarda el sitio para una fecha que llega.", en: "The place is kept for a date to come." }),
  "arbitration/no-place": ({ placement }) => ({
    es: `En esta página no hay sitio para «${placement}».`,
    en: `This page has no place for “${placement}”.`,
  }),
};

/** @param {{ gate: string, code: string, detail?: object }} refusal */
export function reason({ gate, code, detail }) {
  const words = reasons[`${gate}/${code}`];
  return words && say(words(detail ?? {}));
}
