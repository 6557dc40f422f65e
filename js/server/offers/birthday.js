// What a fact may say of a customer's birthday.

/**
 * @param {Record<string, any>} before what is known of the customer
 * @param {Record<string, any>} given what a fact says of them
 * @param {number} now the store's clock
 * @returns {Record<string, any>} what of it is taken
 */
export function birthdayOf(before, given, now) {
  return given;
}
