/** Where an issuer's 1EdTechRevocationList stands: one for all of its credentials (Open Badges 3.0 §6.1). */
export const revocationListOf = (publicUrl: string, slug: string) => `${publicUrl}/issuers/${slug}/revocations`;
