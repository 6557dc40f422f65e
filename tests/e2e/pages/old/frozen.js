// A page that lets nobody change what is built in, as SES and some banks do.
(function () {
  [Object, Array, String, Number, Function, Promise, Map, Set, Date, RegExp, Error, JSON, Math, Reflect].forEach(function (one) {
    Object.freeze(one);
    if (one.prototype) Object.freeze(one.prototype);
  });
})();
