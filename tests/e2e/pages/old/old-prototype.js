// What Prototype.js 1.6 to 1.7.0 replaced, and MooTools and other libraries of their time: methods of today's names that do something else.
// A library itself cannot be asked from npm (tests/e2e/old-pages.test.js takes Debian's Prototype 1.7.3).
(function () {
  function list(iterable) {
    if (!iterable) return [];
    if (iterable.toArray) return iterable.toArray();
    var results = new Array(iterable.length || 0);
    for (var i = 0; i < results.length; i++) results[i] = iterable[i];
    return results;
  }
  // without a mapping function, and without iterators
  Array.from = list;
  Array.prototype.toArray = Array.prototype.entries = function () {
    return this.slice(0);
  };
  Array.prototype.reduce = function () {
    return this.length > 1 ? this : this[0];
  };
  Array.prototype.find = function (iterator) {
    for (var i = 0; i < this.length; i++) if (iterator(this[i])) return this[i];
  };
  Array.prototype.values = function () {
    return this;
  };
  Array.prototype.keys = function () {
    return [];
  };
  Array.prototype.fill = function () {
    return this;
  };
  Array.prototype.at = function (index) {
    return this[index];
  };
  Array.prototype.includes = Array.prototype.contains = function (one, from) {
    return this.indexOf(one, from) !== -1;
  };
  Array.prototype.toJSON = function () {
    var written = [];
    for (var i = 0; i < this.length; i++) written.push(JSON.stringify(this[i]));
    return "[" + written.join(", ") + "]";
  };
  String.prototype.toJSON = function () {
    return '"' + this + '"';
  };
  Number.prototype.toJSON = function () {
    return String(this);
  };
  Object.values = function (object) {
    var values = [];
    for (var key in object) values.push(object[key]);
    return values;
  };
  Object.toJSON = JSON.stringify;
  Date.parse = function (text) {
    return new Date(text);
  };
  Date.prototype.toISOString = Date.prototype.toJSON = function () {
    return this.getFullYear() + "-" + (this.getMonth() + 1);
  };
  Function.prototype.bind = function (self) {
    var method = this;
    return function () {
      return method.apply(self, arguments);
    };
  };
  String.prototype.repeat = function (times) {
    return new Array(times + 1).join(this);
  };
  String.prototype.startsWith = function (text) {
    return this.indexOf(text) === 0;
  };
  String.prototype.trim = function () {
    return this.replace(/^\s+|\s+$/g, "");
  };
  // an element that was removed is returned
  Element.prototype.remove = function () {
    this.parentNode.removeChild(this);
    return this;
  };
  Element.prototype.show = Element.prototype.hide = Element.prototype.select = Element.prototype.update = Element.prototype.measure = function () {
    throw new Error("an element of the library");
  };
  window.$ = window.$$ = window.$A = function () {
    return null;
  };
  window.Event.element = window.Event.stop = function () {};
})();
