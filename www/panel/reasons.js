import { say } from "../shop/language.js";
import { listed } from "./format.js";

/**
 * What a refusal means, in a sentence. The code is the contract; these words are only the panel's.
 *
 * @type {Record<string, (detail: any) => { es: string, en: string }>}
 */
const reasons = {
  "occasion/none": () => ({ es: "Ahora no hay motivo para decirlo.", en: "There is no occasion to say it now." }),
  "audience/not-in-audience": () => ({ es: "No va dirigido a esta persona.", en: "It is not meant for this person." }),
  "kind/not-allowed": () => ({
    es: "Para esto aún nos conocemos poco.",
    en: "We have not known each other long enough for this.",
  }),
  "consent/not-given": () => ({
    es: "No nos han dado permiso para usar este canal.",
    en: "Nobody allowed us to use this channel.",
  }),
  "consent/withdrawn": () => ({ es: "Retiró su permiso, y no hay más que hablar.", en: "They said no, and that is that." }),
  "wishes/not-this-channel": () => ({ es: "Por aquí prefiere que no.", en: "They would rather not hear it here." }),
  "wishes/less-often": () => ({ es: "Quiere oírnos menos.", en: "They want to hear from us less often." }),
  "wishes/not-now": () => ({ es: "A estas horas no quiere.", en: "They do not want to at this hour." }),
  "wishes/topic": () => ({ es: "De este tema no quiere saber.", en: "They do not care for this topic." }),
  "repeat/already-spoken": () => ({ es: "Ya está dicho.", en: "It has been said." }),
  "repeat/too-soon": () => ({ es: "Lo dijimos hace poco.", en: "We said it a short while ago." }),
  "limits/limit-full": ({ counted, max, per }) => ({
    es: `Ya hemos hablado bastante: ${counted} de ${max} en ${per}.`,
    en: `We have talked enough: ${counted} of ${max} in ${per}.`,
  }),
  "quiet-hours/quiet": () => ({ es: "A estas horas no se molesta a nadie.", en: "Nobody is disturbed at this hour." }),
  "honesty/parameter-missing": ({ parameters = [] }) => ({
    es: `Para decirlo falta saber ${listed(parameters)}.`,
    en: `To say it we would have to know ${listed(parameters)}.`,
  }),
  "arbitration/outranked": ({ by = [] }) => ({
    es: `Cede la palabra a ${listed([by].flat())}.`,
    en: `It gives way to ${listed([by].flat())}.`,
  }),
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
