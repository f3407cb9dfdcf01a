/** What somebody may do in an issuer and everything below it. `manage` is keys, units and rights. */
export const scopes = ['read', 'author', 'approve', 'issue', 'manage'] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['owner', 'admin', 'author', 'approver', 'issuer', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** What people may do by their role; what an API key may do is written in the key. */
export const scopesOf: Record<Role, readonly Scope[]> = {
  owner: scopes,
  admin: scopes,
  author: ['read', 'author'],
  approver: ['read', 'author', 'approve'],
  issuer: ['read', 'issue'],
  viewer: ['read'],
};

/**
 * Roles that only an owner of the issuer, or of one above it, gives and takes. Otherwise an admin could become owner by
 * inviting themselves.
 */
export const rolesOfOwners: readonly Role[] = ['owner', 'admin'];
