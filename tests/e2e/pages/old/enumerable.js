// A page that gives every object and every list fields of its own.
(function () {
  ["extend", "clone", "each", "first", "size", "keys", "type", "data", "index", "$family", "toJSONString", "filterBy", "has", "add", "options", "is", "contains"].forEach(function (name) {
    Object.prototype[name] = function () {
      return "from Object.prototype";
    };
    Array.prototype[name] = String.prototype[name] = Function.prototype[name] = Object.prototype[name];
  });
  Object.prototype.title = "from Object.prototype";
})();
