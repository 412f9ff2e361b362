export const match = (parameter) => /^\d+$/.test(parameter);
