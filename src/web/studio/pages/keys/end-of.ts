/** The end of a key's public half: tells keys of one day apart. */
export const endOf = (publicKeyMultibase: string): string => publicKeyMultibase.slice(-4);
