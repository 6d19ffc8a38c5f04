/** Owns every table and function; migrations and imports run as it. Nobody logs in as it. */
export const ownerRole = 'netzwerkdiakonie_owner'

/** What the running product logs in as. It owns nothing and is subject to every row policy. */
export const appRole = 'netzwerkdiakonie_app'
