console.log("a site");
