// The approved interface of @logbridge/adapter-nest; "npm run api:update" writes it anew.
export {
};
