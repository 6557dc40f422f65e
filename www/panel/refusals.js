// What each code of a refusal means, in a sentence of the demo shop. The type makes a code without words, or words without a code,
// an error: `node_modules/typescript/bin/tsc -p .`

/** @typedef {import("../../js/types.d.ts").RefusalCodes} Codes */

/** @type {{ [code in keyof Codes]: (detail: Codes[code]["detail"], list: (names: string[]) => string) => { es: string, en: string } }} */
export const refusals = {
  none: () => ({ es: "Ahora no hay motivo para decirlo.", en: "There is no occasion to say it now." }),
  "not-in-audience": () => ({ es: "Aquí y ahora no va con esta persona.", en: "It is not meant for this person, here and now." }),
  "not-allowed": ({ demand }) =>
    demand === "paused"
      ? { es: "La tienda la tiene en pausa.", en: "The shop has paused it." }
      : demand === "store" || demand === "server"
        ? { es: "Aquí no se sabe qué se le ha dicho ya: mejor callar.", en: "Nobody knows here what was said already: better not." }
        : { es: "Para esto aún nos conocemos poco.", en: "We have not known each other long enough for this." },
  "not-in-phase": () => ({ es: "La relación no está para esto.", en: "The relation is not at a point for this." }),
  "not-given": () => ({
    es: "No nos han dado permiso para usar este canal.",
    en: "Nobody allowed us to use this channel.",
  }),
  withdrawn: () => ({ es: "Retiró su permiso, y no hay más que hablar.", en: "They said no, and that is that." }),
  "not-this-channel": () => ({ es: "Por aquí prefiere que no.", en: "They would rather not hear it here." }),
  "less-often": () => ({ es: "Quiere oírnos menos.", en: "They want to hear from us less often." }),
  "not-now": () => ({ es: "A estas horas no quiere.", en: "They do not want to at this hour." }),
  topic: () => ({ es: "De este tema no quiere saber.", en: "They do not care for this topic." }),
  "case-open": () => ({ es: "Hay algo sin arreglar, y eso va antes.", en: "Something is not mended yet, and that comes first." }),
  unanswered: () => ({ es: "Espera una respuesta nuestra, y eso va antes.", en: "They wait for an answer of ours, and that comes first." }),
  "cool-down": () => ({ es: "Lo arreglamos hace poco: mejor no vender aún.", en: "It was mended a short while ago: no selling yet." }),
  backlog: () => ({ es: "Tenemos demasiada gente sin contestar.", en: "Too many people wait for an answer." }),
  fatigue: () => ({ es: "Se nos está yendo gente: nada de ofertas por ahora.", en: "Too many people leave: no offers for now." }),
  "after-purchase": () => ({ es: "Acaba de comprar: se le deja en paz.", en: "They have just bought: they are left in peace." }),
  "back-off": () => ({ es: "Lleva varias sin hacernos caso: paramos.", en: "They ignored the last ones: we stop." }),
  "large-order": () => ({ es: "Fue un pedido grande: basta por ahora.", en: "It was a large order: enough for now." }),
  balance: () => ({ es: "Hubo más ofertas que conversación: toca callar.", en: "There were more offers than talk: no more for now." }),
  "below-floor": () => ({ es: "Esto no le interesa lo bastante.", en: "They do not care enough for this." }),
  "affinity-unknown": () => ({ es: "No sabemos si le interesa: mejor preguntar.", en: "We do not know whether they care: better to ask." }),
  spent: ({ issued }) =>
    issued === null
      ? { es: "No se sabe cuántos se han dado ya: por si acaso, ninguno.", en: "Nobody knows how many were given: to be safe, none." }
      : { es: "Ya no quedan más de estos.", en: "There are no more of these to give." },
  "already-given": () => ({ es: "Ya lo recibió hace poco.", en: "They were given it not long ago." }),
  "margin-unknown": () => ({ es: "No sabemos si podemos permitírnoslo.", en: "We do not know whether we can afford it." }),
  "over-share": () => ({ es: "Cuesta más de lo que podemos dar.", en: "It costs more than we can give." }),
  "not-issued": () => ({ es: "El servidor aún no ha dado el código.", en: "The server has not issued the code yet." }),
  "already-spoken": () => ({ es: "Ya está dicho.", en: "It has been said." }),
  "too-soon": () => ({ es: "Lo dijimos hace poco.", en: "We said it a short while ago." }),
  "limit-full": ({ counted, max, per }) => ({
    es: `Ya hemos hablado bastante: ${counted} de ${max} en ${per}.`,
    en: `We have talked enough: ${counted} of ${max} in ${per}.`,
  }),
  urgency: () => ({ es: "Esta semana ya hubo bastantes prisas.", en: "There was enough hurry this week." }),
  quiet: () => ({ es: "A estas horas no se molesta a nadie.", en: "Nobody is disturbed at this hour." }),
  "parameter-missing": ({ parameters }, list) =>
    parameters?.length
      ? { es: `Para decirlo falta saber ${list(parameters)}.`, en: `To say it we would have to know ${list(parameters)}.` }
      : { es: "Faltan las palabras para decirlo.", en: "There are no words to say it." },
  "claim-unproven": () => ({ es: "No nos consta, así que no se dice.", en: "We cannot prove it, so it is not said." }),
  "nothing-to-suggest": () => ({ es: "No hay nada que proponer que le sirva.", en: "There is nothing to suggest that would serve them." }),
  unwanted: () => ({ es: "Eso ya lo tiene, o no lo querría.", en: "They have that already, or would not want it." }),
  "offer-not-live": () => ({ es: "La oferta no vale ahora, o no vale allí.", en: "The offer is not good now, or not there." }),
  "out-of-stock": () => ({ es: "Se ha agotado, y lo agotado no se anuncia.", en: "It is sold out, and what is sold out is not advertised." }),
  "not-as-described": () => ({ es: "Vino como no era: no se vende hasta saber por qué.", en: "It was not as described: no selling until we know why." }),
  "surcharge-unstated": () => ({ es: "Allí se paga algo más, y habría que decirlo.", en: "There is more to pay there, and it would have to be said." }),
  "raffle-unproven": () => ({ es: "A este sorteo le faltan las bases o la fecha.", en: "This raffle lacks its terms or its date." }),
  outranked: ({ by }, list) =>
    by === null
      ? { es: "Ahora no le toca.", en: "It is not its turn." }
      : { es: `Cede la palabra a ${list([by])}.`, en: `It gives way to ${list([by])}.` },
  "slot-kept": (detail, list) => ({
    es: `Puede esperar, y deja sitio a lo que no puede: ${list([detail.for])}.`,
    en: `It can wait, and leaves room for what cannot: ${list([detail.for])}.`,
  }),
  "no-place": ({ placement }) => ({
    es: `En esta página no hay sitio para «${placement}».`,
    en: `This page has no place for “${placement}”.`,
  }),
};
